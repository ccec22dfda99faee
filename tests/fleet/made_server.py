# SPDX-License-Identifier: MIT
"""made_server: what answers like a Prometheus that knows made guests, for the tests of `fleet` and of the
window's page.

Usage: made_server.py GUESTS; prints its address, and answers until it is ended.
"""
import http.server
import json
import sys
import threading
import time
import urllib.parse

NOW = int(time.time())


def get_labels(number):
    return {"instance": f"guest-{number}", "job": "vmm", "vmm_host": f"h{number // 4}"}


def vector(value_of, n, more=lambda number: {}):
    rows = [{"metric": {**get_labels(i), **more(i)}, "value": [NOW, value_of(i)]} for i in range(n)]
    return json.dumps({"status": "success", "data": {"resultType": "vector", "result": rows}}).encode()


def matrix(series):
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": series}}).encode()


ABOUT_ONE = matrix([{"metric": get_labels(7), "values": [[NOW - 1440 * i, str(50 + i)] for i in range(40)]}])


def make_curves(n):
    """A day of each, as often as is asked for; guest 7 fell in the last hours."""
    return matrix([{"metric": get_labels(i), "values": [
        [NOW - 1440 * (59 - at), str(38 if i == 7 and at > 50 else 100 + i % 97 * (at % 7 > 3))] for at in range(60)]}
                   for i in range(n)])


def make_answers(n):
    """Guest 7 is served worst, three of the four of its host are stolen from, and one is silent."""
    since = [[NOW - 1800 + 60 * i, "0.75"] for i in range(31)]
    return {
        "last_over_time": vector(lambda i: str(NOW - 7200 if i == 3 else NOW - 12), n),
        "vmm_guest_info": vector(lambda i: "1", n, lambda i: {"vmm": "kvm", "instance_type": "c6i.large"}),
        "vmm_score_lower": vector(lambda i: str(33.25 if i == 7 else 90), n),
        "vmm_score_upper": vector(lambda i: str(43.5 if i == 7 else 300), n),
        "vmm_score{instance=~": make_curves(min(n, 100)),
        "vmm_score{": ABOUT_ONE,
        "100 * max": ABOUT_ONE,
        "max_over_time(timestamp(vmm_finding": vector(lambda i: str(NOW - 600), 1, lambda i: {
            "id": "clocksource", "sureness": "likely"}),
        "vmm_score": vector(lambda i: "38.1234" if i == 7 else str(100 + i % 97), n),
        "vmm_stolen_ratio": vector(lambda i: "0.31" if i in (4, 5, 7) else "0.01", n,
                                   lambda i: {"__name__": "vmm_stolen_ratio"}),
        "vmm_window_quality": vector(lambda i: "1", n, lambda i: {"quality": "clean"}),
        "(count by": matrix([{"metric": {"vmm_host": "h1"}, "values": since}]),
    }


class Server(http.server.BaseHTTPRequestHandler):
    answers = {}
    fault = None
    asked = []

    def do_GET(self):
        Server.asked.append(self.path)
        if Server.fault:
            Server.fault(self)
        else:
            self.answer()

    def answer(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["query"][0]
        self.tell(200, next(body for start, body in Server.answers.items() if query.startswith(start)))

    def tell(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def start():
    """The server and its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


if __name__ == "__main__":
    Server.answers = make_answers(int(sys.argv[1]))
    made, address = start()
    print(address, flush=True)
    threading.Event().wait()
