package io.bursar.sandbox.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Listens on the loopback interface; a virtual thread for every client, so many at a time and no more. */
final class SmtpServer implements AutoCloseable {
    private static final int CLIENTS_MAX = 64;
    private static final int IDLE_MILLISECONDS_MAX = 30_000;

    private final ServerSocket listener;
    private final SmtpSession.Delivery delivery;
    private final Semaphore clients = new Semaphore(CLIENTS_MAX);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private SmtpServer(ServerSocket listener, SmtpSession.Delivery delivery) {
        this.listener = listener;
        this.delivery = delivery;
    }

    static SmtpServer start(int port, SmtpSession.Delivery delivery) {
        try {
            var listener = new ServerSocket(port, CLIENTS_MAX, InetAddress.ofLiteral("127.0.0.1"));
            var server = new SmtpServer(listener, delivery);
            server.executor.execute(server::listen);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, failure);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        executor.shutdownNow();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                clients.acquire();
                accept();
            } catch (InterruptedException | IOException closing) {
                return;
            }
        }
    }

    private void accept() throws IOException {
        var socket = listener.accept();
        executor.execute(() -> converse(socket));
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLISECONDS_MAX);
            socket.setTcpNoDelay(true);
            new SmtpSession(socket, delivery).run();
        } catch (IOException gone) {
            // The client went away or said nothing for too long; there is nobody to tell.
        } finally {
            clients.release();
        }
    }
}
