package org.thurstone.model.text;

import java.util.OptionalInt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;

/**
 * A chat template of a model that cannot be read. Whatever needs no template works; a conversation is refused.
 *
 * @param why with the line of the template
 */
record BrokenTemplate(String why) implements ChatTemplate {

    @Override
    public String render(Text.Chat chat, boolean prompting) {
        throw new UserError(why);
    }

    @Override
    public OptionalInt turnEnd(Tokenizer tokenizer) {
        return OptionalInt.empty();
    }

    @Override
    public boolean endsTurns() {
        return true;
    }
}
