package io.bursar.stablecoin;

import io.bursar.platform.Gate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of payments operators can pause, each by itself. */
@Configuration(proxyBeanMethods = false)
public class PaymentGates {
    public static final Gate REQUESTS = Gate.leadingInward(
            "payment-requests",
            "Payment requests",
            "No new request is made; those that were made can be paid and are verified.");

    public static final Gate VERIFICATION = Gate.leadingInward(
            "payment-verification",
            "Payment verification",
            "Chains are not read and nothing is credited. What is paid meanwhile is found on the chain afterwards.");

    @Bean
    Gate paymentRequestsGate() {
        return REQUESTS;
    }

    @Bean
    Gate paymentVerificationGate() {
        return VERIFICATION;
    }
}
