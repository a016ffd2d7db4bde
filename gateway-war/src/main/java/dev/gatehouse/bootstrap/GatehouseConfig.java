package dev.gatehouse.bootstrap;

import java.util.List;

import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.control.NodeSettings;
import dev.gatehouse.device.DatabaseSettings;
import dev.gatehouse.device.DeviceSettings;
import dev.gatehouse.device.InvitationSettings;
import dev.gatehouse.handshake.NetworkSettings;
import dev.gatehouse.journal.AuditSettings;
import dev.gatehouse.limit.LimitSettings;
import dev.gatehouse.observe.MetricsSettings;
import dev.gatehouse.observe.TraceSettings;
import dev.gatehouse.plugin.PluginSettings;
import dev.gatehouse.refusal.RefusalSettings;
import dev.gatehouse.session.DoorSettings;
import dev.gatehouse.spi.Setting;
import dev.gatehouse.webhook.WebhookSettings;

/**
 * The whole config but for the settings of the checks, which belong to the plugins and stand under {@code checks}.
 *
 * @param admission the chain
 * @param plugins plugins of the operator's own
 * @param network what stands before the gateway
 * @param door connections that are not admitted yet
 * @param limits how much at a time
 * @param devices pairing
 * @param invitations one-time invitations
 * @param nodes what nodes may offer
 * @param refusals connections that were not admitted
 * @param database where devices are kept
 * @param audit how much of the journal is kept
 * @param metrics who may read the metrics
 * @param traces where traces of admissions are sent
 * @param webhooks the programs that are told what happens
 */
record GatehouseConfig(
        @Setting(about = "Which checks examine every connection, and how long they may take.")
        AdmissionSettings admission,

        @Setting(about = "Plugins of the operator's own.") PluginSettings plugins,

        @Setting(about = "What stands in front of the gateway.")
        NetworkSettings network,

        @Setting(about = "Connections that are not admitted yet.")
        DoorSettings door,

        @Setting(about = "How much at a time; whoever meets a limit is told when to come back.")
        LimitSettings limits,

        @Setting(about = "How long and in what number devices may wait for an operator.")
        DeviceSettings devices,

        @Setting(about = "One-time invitations for devices.")
        InvitationSettings invitations,

        @Setting(about = "What nodes may offer.") NodeSettings nodes,

        @Setting(about = "How long and in what number connections are remembered that were not admitted.")
        RefusalSettings refusals,

        @Setting(about = "Where devices, pairing requests and API keys are kept.")
        DatabaseSettings database,

        @Setting(about = "How much is kept of what happened.")
        AuditSettings audit,

        @Setting(about = "Metrics for Prometheus.") MetricsSettings metrics,

        @Setting(about = "Traces of admissions for OpenTelemetry.")
        TraceSettings traces,

        @Setting(about = "Programs that are told what happens, 32 at most.")
        List<WebhookSettings> webhooks) {

    /** Checks what no area can check alone. */
    GatehouseConfig {
        webhooks = List.copyOf(webhooks);
        WebhookSettings.check(webhooks);
    }
}
