package org.thurstone.feedback.verifier.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguagesTest {

    @Test
    void languagesOfOneSentenceAreFound() {
        Map<String, String> sentences = Map.ofEntries(
                Map.entry("en", "The river runs down from the hills and through the old town to the sea."),
                Map.entry("de", "Der Fluss kommt aus den Bergen und fließt durch die alte Stadt in das Meer."),
                Map.entry("fr", "La rivière descend des collines et traverse la vieille ville avant la mer."),
                Map.entry("es", "El río baja de las montañas y atraviesa la ciudad vieja hasta llegar al mar."),
                Map.entry("it", "Il fiume scende dalle colline e attraversa la città vecchia fino al mare."),
                Map.entry("pt", "O rio desce das montanhas e atravessa a cidade velha até chegar ao mar, não é?"),
                Map.entry("pl", "Rzeka płynie z gór przez stare miasto i wpada do morza."),
                Map.entry("fi", "Joki virtaa kukkuloilta vanhan kaupungin läpi mereen."),
                Map.entry("vi", "Con sông chảy từ trên núi qua khu phố cổ rồi đổ ra biển."),
                Map.entry("sw", "Mto unatiririka kutoka milimani kupitia mji wa zamani hadi baharini."),
                Map.entry("ru", "Река течёт с гор через старый город и впадает в море."),
                Map.entry("bg", "Реката тече от планината през стария град и се влива в морето."),
                Map.entry("uk", "Річка тече з гір через старе місто і впадає в море."),
                Map.entry("ar", "يجري النهر من الجبال عبر المدينة القديمة إلى البحر."),
                Map.entry("fa", "رودخانه از کوه‌ها می‌آید و از شهر قدیمی می‌گذرد و به دریا می‌ریزد."),
                Map.entry("ur", "دریا پہاڑوں سے نکلتا ہے اور پرانے شہر سے ہوتا ہوا سمندر میں گرتا ہے۔"),
                Map.entry("hi", "नदी पहाड़ों से निकलती है और पुराने शहर से होकर समुद्र में गिरती है।"),
                Map.entry("mr", "नदी डोंगरातून वाहते आणि जुन्या शहरातून समुद्राला मिळते, असे आहे."),
                Map.entry("ne", "नदी पहाडबाट बग्छ र पुरानो सहर हुँदै समुद्रमा पुग्छ, यो राम्रो छ।"),
                Map.entry("bn", "নদীটি পাহাড় থেকে নেমে আসে।"),
                Map.entry("gu", "નદી પર્વતમાંથી આવે છે."),
                Map.entry("pa", "ਨਦੀ ਪਹਾੜਾਂ ਤੋਂ ਆਉਂਦੀ ਹੈ।"),
                Map.entry("ta", "ஆறு மலையிலிருந்து வருகிறது."),
                Map.entry("te", "నది కొండల నుండి వస్తుంది."),
                Map.entry("kn", "ನದಿ ಬೆಟ್ಟದಿಂದ ಬರುತ್ತದೆ."),
                Map.entry("ml", "പുഴ മലയിൽ നിന്ന് വരുന്നു."),
                Map.entry("th", "แม่น้ำไหลจากภูเขา"),
                Map.entry("ko", "강은 산에서 흘러온다."),
                Map.entry("ja", "川は山から流れてくる。"),
                Map.entry("zh", "河水从山上流下来。"),
                Map.entry("he", "הנהר יורד מן ההרים."));
        sentences.forEach((language, sentence) ->
                assertThat(Languages.detect(sentence)).as(sentence).hasValue(language));
    }

    @Test
    void capitalsDoNotMatterAndTextWithoutLettersHasNoLanguage() {
        assertThat(Languages.detect("THE RIVER RUNS THROUGH THE OLD TOWN TO THE SEA."))
                .hasValue("en");
        assertThat(Languages.detect("12:30 !!")).isEmpty();
    }

    @Test
    void mostWordsDecideInAMixture() {
        assertThat(Languages.detect(
                        "\"Nhiệm vụ của mẹ là nuôi dạy con cái\" is a sentence about mothers, and this text about it is"
                                + " in English, whatever the words in its quotation marks may be."))
                .hasValue("en");
    }
}
