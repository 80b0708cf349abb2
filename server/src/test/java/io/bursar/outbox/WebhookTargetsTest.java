package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where deliveries may go and what is told when they cannot: names answer as the test says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTargetsTest {
    private final Receiver receiver = new Receiver();
    private final ServerSocket mute = listening();
    private final AtomicInteger lookups = new AtomicInteger();
    private final String pinned = "http://receiver.example:" + receiver.port();
    private final ServerSocket plain = listening();
    private final String plainPort = "https://receiver.example:" + plain.getLocalPort();
    private final String closedPort = "http://receiver.example:" + closedPort();
    private final String drip = "http://receiver.example:" + mute.getLocalPort();
    private final OutboxFloor floor = new OutboxFloor(
            OutboxFloor.names(host -> switch (host) {
                case "receiver.example" -> "127.0.0.1";
                case "inside.example" -> "10.1.2.3";
                case "metadata.example" -> "169.254.169.254";
                case "mixed.example" -> "10.1.2.3,93.184.216.34";
                case "rebind.example" -> lookups.incrementAndGet() == 1 ? "93.184.216.34" : "127.0.0.1";
                case "127.0.0.1" -> "127.0.0.1";
                case "::1" -> "::1";
                default -> null;
            }),
            pinned,
            plainPort,
            closedPort,
            drip);

    @AfterAll
    void stop() throws IOException {
        floor.close();
        receiver.close();
        mute.close();
        plain.close();
    }

    @Test
    void a_url_into_a_private_network_is_refused_when_it_is_configured() {
        assertThat(floor.endpoints().refusal("https://inside.example/hook"))
                .hasValue("The webhook URL leads into a private network.");
        assertThat(floor.endpoints().refusal("https://metadata.example/latest")).isPresent();
        assertThat(floor.endpoints().refusal("https://127.0.0.1/hook")).isPresent();
        assertThat(floor.endpoints().refusal("https://[::1]/hook")).isPresent();
        assertThat(floor.endpoints().refusal("http://shop.example/hook")).hasValue("The webhook URL must use HTTPS.");
        assertThat(floor.endpoints().refusal("https://mixed.example/hook")).isEmpty();
        assertThat(floor.endpoints().refusal(pinned + "/hook")).isEmpty();
    }

    /** By the resolver that serves. */
    @Test
    void an_address_in_a_url_leads_nowhere_unless_it_is_public() {
        try (AddressGuard guard = new AddressGuard(InetAddress::getAllByName)) {
            for (String host : ("127.0.0.1 0.0.0.0 10.0.0.1 100.64.0.1 169.254.169.254 192.168.1.1 "
                            + "224.0.0.1 255.255.255.255 [::1] [::] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1] "
                            + "[64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [2002:7f00:1::] [fd00:ec2::254] [fe80::1] "
                            + "[ff02::1] localhost")
                    .split(" ", -1)) {
                Target target = Target.of("https://" + host + "/", Set.of());
                assertThat(target).as(host).isInstanceOf(Target.Origin.class);
                assertThat(guard.vet((Target.Origin) target)).as(host).isEqualTo(new AddressGuard.Vetted.NotPublic());
            }
            Target open = Target.of("https://[2606:4700::1111]/", Set.of());
            assertThat(guard.vet((Target.Origin) open)).isInstanceOf(AddressGuard.Vetted.Addresses.class);
        }
    }

    @Test
    void names_that_never_resolve_hold_up_no_other() throws InterruptedException {
        Semaphore asked = new Semaphore(0);
        Semaphore answer = new Semaphore(0);
        AddressGuard.Names names = host -> {
            if (host.startsWith("slow")) {
                asked.release();
                answer.acquireUninterruptibly();
            }
            return new InetAddress[] {InetAddress.ofLiteral("93.184.216.34")};
        };
        try (AddressGuard guard = new AddressGuard(names)) {
            Target.Origin slow = (Target.Origin) Target.of("https://slow.example/", Set.of());
            List<Thread> waiting = Stream.generate(() -> Thread.ofVirtual().start(() -> guard.vet(slow)))
                    .limit(100)
                    .toList();
            asked.acquire();

            assertThat(guard.vet((Target.Origin) Target.of("https://quick.example/", Set.of())))
                    .isInstanceOf(AddressGuard.Vetted.Addresses.class);
            assertThat(asked.availablePermits()).as("look-ups of the one name").isZero();
            answer.release(100);
            for (Thread thread : waiting) {
                thread.join();
            }
        }
    }

    @Test
    void a_host_nobody_knows_yet_may_be_configured_and_is_told_as_dns() {
        String owner = OutboxFloor.newOwner();
        assertThat(floor.endpoints().refusal("https://not-yet.example/hook")).isEmpty();
        floor.add(owner, "https://not-yet.example/hook");
        floor.publish(owner, "payment.verified");

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.finding()).isEqualTo("dns");
        assertThat(delivery.status()).isEqualTo("pending");
    }

    @Test
    void the_vetted_address_is_connected_to_under_the_name_of_the_host() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, pinned + "/hook");
        floor.publish(owner, "payment.verified");

        assertThat(floor.attempted(owner, 1).status()).isEqualTo("delivered");
    }

    @Test
    void a_name_that_turns_private_after_it_was_configured_is_never_connected_to() {
        String owner = OutboxFloor.newOwner();
        assertThat(floor.endpoints().refusal("https://rebind.example/hook")).isEmpty();
        floor.add(owner, "https://rebind.example/hook");
        floor.publish(owner, "payment.verified");

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.finding()).isEqualTo("refused_address");
        assertThat(delivery.status()).isEqualTo("failed");
    }

    @Test
    void a_stored_url_that_is_not_https_is_never_delivered_to_and_is_named() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, "http://inside.example/hook");
        floor.publish(owner, "payment.verified");

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.finding()).isEqualTo("refused_url");
        assertThat(delivery.status()).isEqualTo("failed");
        assertThat(floor.errorsOf(owner)).contains("refused_url");
    }

    @Test
    void a_closed_port_and_a_server_without_tls_are_told_apart() {
        String closed = OutboxFloor.newOwner();
        String noTls = OutboxFloor.newOwner();
        floor.add(closed, closedPort + "/hook");
        floor.add(noTls, plainPort + "/hook");
        floor.publish(closed, "payment.verified");
        floor.publish(noTls, "payment.verified");
        Thread.ofVirtual().start(this::answerInPlainText);

        assertThat(floor.attempted(closed, 1).finding()).isEqualTo("connect");
        assertThat(floor.attempted(noTls, 1).finding()).isEqualTo("tls");
    }

    @Test
    void an_answer_that_drips_is_cut_off_when_the_time_is_over() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, drip + "/hook");
        floor.publish(owner, "payment.verified");
        AtomicInteger dripped = new AtomicInteger();
        Thread dripping = Thread.ofVirtual().start(() -> drip(dripped));

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.finding()).isEqualTo("timeout");
        assertThat(dripped.get()).as("bytes that kept the socket alive").isGreaterThan(2);
        dripping.interrupt();
    }

    @Test
    void an_endless_body_after_a_good_status_is_not_read_to_its_end() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, pinned + "/hook");
        receiver.answers(new Receiver.Answer(200, Map.of(), "x".repeat(1_000_000)));
        floor.publish(owner, "payment.verified");

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.status()).isEqualTo("delivered");
        assertThat(floor.floors().bean(DeliveryListStore.class).attempts(delivery.deliveryId(), 1))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.excerpt()).hasSize(300));
        receiver.answers(Receiver.Answer.status(200));
    }

    private void answerInPlainText() {
        try (Socket socket = plain.accept()) {
            socket.getOutputStream().write(ascii("HTTP/1.1 400 Bad Request\r\n\r\n"));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException over) {
            throw new UncheckedIOException(over);
        }
    }

    /** One header byte each fifth of a second, for ever: no read ever times out. */
    private void drip(AtomicInteger dripped) {
        try (Socket socket = mute.accept()) {
            Semaphore never = new Semaphore(0);
            socket.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\nX-Drip: "));
            while (!never.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                dripped.incrementAndGet();
            }
        } catch (IOException | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int closedPort() {
        try (ServerSocket socket = listening()) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
