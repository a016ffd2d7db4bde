package dev.gatehouse.system;

/** The gateway on WildFly. */
class WildFlyIT extends RunningGateway {

    WildFlyIT() {
        super(WildFlyServer::start);
    }
}
