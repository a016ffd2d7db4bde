package dev.gatehouse.system;

/** The gateway on Payara. */
class PayaraIT extends RunningGateway {

    PayaraIT() {
        super(PayaraServer::start);
    }
}
