package org.thurstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;

class ProxiesTest {

    private static final Proxies PROXIES = new Proxies(Map.of(
            "HTTPS_PROXY", "http://upper:1",
            "https_proxy", "http://secure:3128",
            "HTTP_PROXY", "plain:8080",
            "no_proxy", "internal.org, .corp.org,api.org:8443,10.0.0.5,*.wild.org"));

    private static String of(Proxies proxies, String address) {
        return proxies.proxy(URI.create(address))
                .map(p -> p.getHostString() + ":" + p.getPort())
                .orElse("direct");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, secure:3128",
        "http://api.openai.com/v1, plain:8080",
        "https://internal.org/, direct",
        "https://a.internal.org/, direct",
        "https://notinternal.org/, secure:3128",
        "https://x.corp.org/, direct",
        "https://corp.org/, direct",
        "https://api.org:8443/, direct",
        "https://api.org/, secure:3128",
        "https://10.0.0.5/, direct",
        "https://10.0.0.50/, secure:3128",
        "https://deep.wild.org/, direct",
        "https://INTERNAL.org/, direct",
        "http://localhost:8000/v1, direct",
        "http://127.0.0.1:8000/v1, direct",
        "http://127.8.9.1/v1, direct",
        "http://[::1]:8000/v1, direct",
    })
    void theEnvironmentDecides(String address, String expected) {
        assertThat(of(PROXIES, address)).isEqualTo(expected);
    }

    @Test
    void allProxyServesWhatHasNoneOfItsOwnAndAStarExemptsAll() {
        assertThat(of(new Proxies(Map.of("ALL_PROXY", "http://all:1")), "https://a.org"))
                .isEqualTo("all:1");
        assertThat(of(new Proxies(Map.of("ALL_PROXY", "http://all:1", "NO_PROXY", "*")), "https://a.org"))
                .isEqualTo("direct");
        assertThat(of(new Proxies(Map.of()), "https://a.org")).isEqualTo("direct");
        assertThat(of(new Proxies(Map.of("https_proxy", " ", "HTTPS_PROXY", "http://up:1")), "https://a.org"))
                .isEqualTo("up:1");
    }

    @Test
    void proxiesThatCannotBeUsedAreRefusedByNameWithoutTheirPassword() {
        for (String value :
                new String[] {"http://me:pass-word@proxy:1", "socks5://proxy:1", "http://pass-word space"}) {
            Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", value));
            assertThatThrownBy(() -> proxies.proxy(URI.create("https://a.org")))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("HTTPS_PROXY")
                    .hasMessageNotContaining("pass-word");
            assertThat(proxies.describe().toString())
                    .doesNotContain("pass-word")
                    .contains("HTTPS_PROXY");
        }
    }

    @Test
    void theVariablesInUseAreDescribed() {
        assertThat(PROXIES.describe().stream().map(Proxies.Described::shown))
                .containsExactly(
                        "https_proxy: secure:3128",
                        "HTTP_PROXY: plain:8080",
                        "no_proxy: internal.org, .corp.org,api.org:8443,10.0.0.5,*.wild.org are reached directly");
    }
}
