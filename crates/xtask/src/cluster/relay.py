"""A way to a service that can be cut or blocked, as a network would be."""

import socket
import threading

from parts import free_port

OPEN, CUT, BLOCKED = "open", "cut", "blocked"


class Relay:
    """Hands on what comes to a port of loopback: open, cut (connections end, new ones too) or blocked (they stay, and nothing
    goes through)."""

    def __init__(self, target):
        self.target, self.port, self.way = target, free_port(), OPEN
        self.changed = threading.Condition()
        self.pairs = set()
        listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def set(self, way):
        with self.changed:
            self.way = way
            self.changed.notify_all()
            ended = list(self.pairs) if way == CUT else []
        for one in ended:
            shut(one)

    def accept(self, listener):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        if not self.passes():
            client.close()
            return
        try:
            service = socket.create_connection(("127.0.0.1", self.target), 5)
        except OSError:
            client.close()
            return
        for one in (client, service):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.settimeout(None)
        with self.changed:
            self.pairs |= {client, service}
        back = threading.Thread(target=self.copy, args=(service, client), daemon=True)
        back.start()
        self.copy(client, service)
        back.join()
        with self.changed:
            self.pairs -= {client, service}
        client.close()
        service.close()

    def passes(self):
        """Waits while the way is blocked. Returns whether it is open."""
        with self.changed:
            self.changed.wait_for(lambda: self.way != BLOCKED)
            return self.way == OPEN

    def copy(self, source, target):
        try:
            while part := source.recv(65536):
                if not self.passes():
                    break
                target.sendall(part)
        except OSError:
            pass
        shut(source)
        shut(target)


def shut(one):
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
