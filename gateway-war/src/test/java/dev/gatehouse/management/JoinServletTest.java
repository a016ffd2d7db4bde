package dev.gatehouse.management;

import java.io.IOException;
import java.util.Optional;

import dev.gatehouse.address.AddressLiteral;
import dev.gatehouse.device.Authority;
import dev.gatehouse.device.GatewayUrl;
import dev.gatehouse.device.Invitation;
import dev.gatehouse.device.InvitationOffer;
import dev.gatehouse.device.InvitationProfile;
import dev.gatehouse.device.Invitations;
import dev.gatehouse.device.NewInvitation;
import dev.gatehouse.device.RegistryFixture;
import dev.gatehouse.testkit.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JoinServletTest {

    private final RegistryFixture fixture = new RegistryFixture();
    private final Invitations invitations = fixture.invitations();
    private final JoinServlet servlet = new JoinServlet(
            invitations, call -> AddressLiteral.parse(call.getRemoteAddr()).orElseThrow(), new MutableClock());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void get_byAClient_givesThePayloadOnce() throws IOException {
        String path = path(invite(InvitationProfile.NODE));

        JoinCall first = new JoinCall(path).with("Accept", "*/*").get(servlet);
        JoinCall second = new JoinCall(path).with("Accept", "*/*").get(servlet);

        assertThat(first.status).isEqualTo(200);
        assertThat(first.type()).startsWith("application/json");
        assertThat(first.body())
                .matches("\\{\"url\":\"wss://gateway\\.example\",\"bootstrapToken\":\"[A-Za-z0-9_-]{43}\","
                        + "\"expiresAtMs\":[0-9]+}");
        assertThat(second.status).isEqualTo(404);
        assertThat(second.body()).isEqualTo("{\"error\":\"not_found\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (X11; Linux x86_64)",
                "Slackbot-LinkExpanding 1.0",
                "WhatsApp/2.23",
                "facebookexternalhit/1.1",
                "TelegramBot (like TwitterBot)"
            })
    void get_byABrowserOrAPreview_showsAPageAndChangesNothing(String agent) throws IOException {
        NewInvitation made = invite(InvitationProfile.NODE);

        JoinCall page = new JoinCall(path(made))
                .with("Accept", "*/*")
                .with("User-Agent", agent)
                .get(servlet);

        assertThat(page.status).isEqualTo(200);
        assertThat(page.type()).startsWith("text/html");
        assertThat(page.body())
                .contains("npx openclaw connect https://gateway.example/j" + path(made))
                .contains("<form method=\"post\">")
                .doesNotContain("oc-pair");
        assertThat(invitations.canJoin(made.joinCode())).isTrue();
    }

    @Test
    void get_thatAcceptsHtml_showsAPageWhateverTheAgent() throws IOException {
        NewInvitation made = invite(InvitationProfile.NODE);

        new JoinCall(path(made)).with("Accept", "text/html,*/*").get(servlet);

        assertThat(invitations.canJoin(made.joinCode())).isTrue();
    }

    @Test
    void post_byAPerson_opensTheInvitationOnce() throws IOException {
        NewInvitation made = invite(InvitationProfile.CONTROL_UI);

        JoinCall opened = new JoinCall(path(made)).post(servlet);

        assertThat(opened.status).isEqualTo(200);
        assertThat(opened.body())
                .contains("href=\"oc-pair://")
                .containsPattern("href=\"https://ui\\.example/#gatewayUrl=wss%3A%2F%2Fgateway\\.example"
                        + "&amp;bootstrapToken=[A-Za-z0-9_-]{43}\"");
        assertThat(new JoinCall(path(made)).post(servlet).status).isEqualTo(404);
    }

    @Test
    void answers_ofEveryKind_areNotCachedNorReferred() throws IOException {
        String path = path(invite(InvitationProfile.NODE));

        for (JoinCall call : new JoinCall[] {
            new JoinCall(path).head(servlet),
            new JoinCall(path).get(servlet),
            new JoinCall(path).get(servlet),
            new JoinCall(path).post(servlet)
        }) {
            assertThat(call.headers)
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry("Referrer-Policy", "no-referrer")
                    .containsEntry("X-Content-Type-Options", "nosniff");
        }
    }

    @Test
    void head_anyCode_tellsAndChangesNothing() {
        NewInvitation made = invite(InvitationProfile.NODE);

        assertThat(new JoinCall(path(made)).head(servlet).status).isEqualTo(405);
        assertThat(new JoinCall("/" + "x".repeat(22)).head(servlet).status).isEqualTo(405);
        assertThat(invitations.canJoin(made.joinCode())).isTrue();
    }

    @Test
    void get_malformedCode_isNotFound() throws IOException {
        NewInvitation made = invite(InvitationProfile.NODE);

        int host = 0;
        for (String path : new String[] {"/", "/short", path(made) + "/", "/a" + path(made), "/" + "é".repeat(22)}) {
            host++;
            assertThat(new JoinCall(path).from("198.51.100." + host).get(servlet).status)
                    .isEqualTo(404);
        }
        assertThat(new JoinCall(path(made)).withQuery("token=1").get(servlet).status)
                .isEqualTo(404);
        assertThat(invitations.canJoin(made.joinCode())).isTrue();
    }

    @Test
    void get_addressThatGuesses_isToldToWaitAndOthersAreNot() throws IOException {
        NewInvitation made = invite(InvitationProfile.NODE);
        for (int guess = 0; guess < 10; guess++) {
            assertThat(new JoinCall("/" + "x".repeat(22)).get(servlet).status).isEqualTo(404);
        }

        JoinCall limited = new JoinCall(path(made)).get(servlet);

        assertThat(limited.status).isEqualTo(429);
        assertThat(limited.body()).isEqualTo("{\"error\":\"rate_limited\"}");
        assertThat(limited.headers).containsKey("Retry-After");
        assertThat(new JoinCall(path(made)).from("192.0.2.2").get(servlet).status)
                .isEqualTo(200);
    }

    @Test
    void get_databaseDown_isUnavailableAndNotAGuess() throws IOException {
        String path = path(invite(InvitationProfile.NODE));
        fixture.database.close();

        for (int attempt = 0; attempt < 11; attempt++) {
            assertThat(new JoinCall(path).get(servlet).status).isEqualTo(503);
        }
    }

    @Test
    void invitation_thatWasFetched_isStillOpenForItsClient() throws IOException {
        NewInvitation made = invite(InvitationProfile.NODE);

        new JoinCall(path(made)).get(servlet);

        assertThat(invitations
                        .invitation(Authority.owner(), made.invitation().invitationId())
                        .state())
                .isEqualTo(Invitation.State.OPEN);
    }

    private NewInvitation invite(InvitationProfile profile) {
        return invitations.invite(
                Authority.owner(),
                new InvitationOffer(
                        profile,
                        Optional.empty(),
                        Optional.empty(),
                        new GatewayUrl("wss://gateway.example"),
                        GatewayUrl.parse("https://ui.example")));
    }

    private static String path(NewInvitation made) {
        return "/" + made.joinCode().expose();
    }
}
