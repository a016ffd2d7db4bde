package dev.gatehouse.offline;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InvocationTest {

    @Test
    void approval_withOptionsInBothForms_isRead() {
        Order order =
                order("devices approve r1 --scopes=operator.read,operator.write --label Desk --home=/srv/gw --json");

        assertThat(order.deed()).isEqualTo(Deed.APPROVE);
        assertThat(order.id()).contains("r1");
        assertThat(order.scopes()).contains(List.of("operator.read", "operator.write"));
        assertThat(order.label()).contains("Desk");
    }

    @Test
    void label_ofAKeyAndOfADevice_isNoId() {
        assertThat(order("keys create deploy").label()).contains("deploy");
        assertThat(order("keys create deploy").id()).isEmpty();
        assertThat(order("devices rename d1 Desk").label()).contains("Desk");
        assertThat(order("devices rename d1 Desk").id()).contains("d1");
    }

    @ParameterizedTest
    @CsvSource({
        "devices, is no whole command",
        "devices dance, is no command",
        "devices approve, takes ID",
        "devices approve a b, takes ID",
        "devices list now, takes nothing more",
        "devices rename d1, takes DEVICE and LABEL",
        "devices list --colour=red, is no option of 'devices list'",
        "devices list --scopes=a, is no option of 'devices list'",
        "devices list --json=yes, takes no value",
        "devices list --home, has no value",
        "devices approve r --label=a --label=b, is given twice",
        "devices revoke d1 --role=king, is no role",
        "import openclaw, needs --state=FILE"
    })
    void command_thatIsNotUnderstood_saysWhy(String typed, String why) {
        assertThatThrownBy(() -> order(typed)).isInstanceOf(Misuse.class).hasMessageContaining(why);
    }

    @Test
    void order_overTheSocket_arrivesAsItWasSent() throws Exception {
        Order order = order("devices rotate d1 --role=node --scopes=node.run");

        assertThat(Wire.read(Wire.line(order), Order.class)).isEqualTo(order);
    }

    private static Order order(String typed) {
        return Invocation.parse(List.of(typed.split(" "))).order();
    }
}
