# SPDX-License-Identifier: MIT
"""service: the metadata services of clouds, on their real addresses, and in every way they can fail.

Only for a network namespace without a way out: metadata.py makes one. A service is a tree of leaves, what it
wants to hear with each question, and what it must never be asked. AWS's leaves are the published values of
amazon-ec2-metadata-mock v1.13 (bdf3096): pkg/config/defaults/aemm-metadata-default-values.json, and of events
those that its test/e2e/cmd expect (spot-test, events-test), indented as its server does.
"""
import socket
import threading

LINK_LOCAL, ALIBABA = "169.254.169.254", "100.100.100.200"
TOKEN = "AQAAAFoxl-Q=="
AZURE, AZURE_TEXT = "/metadata/instance/compute/", "?api-version=2021-12-13&format=text"
GCP = "/computeMetadata/v1/instance/"
SCHEDULED = """[{"NotBefore": "21 Jan 2019 09:00:43 GMT", "Code": "system-reboot", "State": "completed"},
  {"NotBefore": "23 Jan 2019 09:00:43 GMT", "Code": "instance-retirement", "State": "active"}]"""
AZURE_EVENTS = """{"DocumentIncarnation": 2, "Events": [{"EventId": "C7061BAC", "EventStatus": "Scheduled",
  "EventType": "Freeze", "ResourceType": "VirtualMachine", "Resources": ["secret-name"],
  "NotBefore": "Mon, 19 Sep 2022 18:29:47 GMT", "Description": "...", "EventSource": "Platform"}]}"""

# cloud: (address, the question for a token, the header of every question and its value, of every answer)
CLOUDS = {
    "aws": (LINK_LOCAL, ("/latest/api/token", "x-aws-ec2-metadata-token-ttl-seconds"),
            ("x-aws-ec2-metadata-token", TOKEN), None),
    "azure": (LINK_LOCAL, None, ("metadata", "true"), None),
    "gcp": (LINK_LOCAL, None, ("metadata-flavor", "Google"), "Metadata-Flavor: Google"),
    "alibaba": (ALIBABA, ("/latest/api/token", "x-aliyun-ecs-metadata-token-ttl-seconds"),
                ("x-aliyun-ecs-metadata-token", TOKEN), None),
    "oracle": (LINK_LOCAL, None, ("authorization", "Bearer Oracle"), None),
    "digitalocean": (LINK_LOCAL, None, None, None),
    "hetzner": (LINK_LOCAL, None, None, None),
    "openstack": (LINK_LOCAL, None, None, None),
}
TREES = {
    "aws": {
        "/latest/meta-data/instance-type": "m4.xlarge",
        "/latest/meta-data/placement/region": "us-east-1",
        "/latest/meta-data/placement/availability-zone": "us-east-1a",
        "/latest/meta-data/instance-life-cycle": "on-demand",
        "/latest/meta-data/placement/host-id": "h-0da999999f9999fb9",
    },
    "azure": {
        AZURE + "vmSize" + AZURE_TEXT: "Standard_E4s_v5",
        AZURE + "location" + AZURE_TEXT: "northeurope",
        AZURE + "zone" + AZURE_TEXT: "",
        AZURE + "priority" + AZURE_TEXT: "Spot",
    },
    "gcp": {
        GCP + "machine-type": "projects/123456789012/machineTypes/e2-medium",
        GCP + "zone": "projects/123456789012/zones/europe-west1-b",
        GCP + "scheduling/preemptible": "TRUE",
    },
    "alibaba": {
        "/latest/meta-data/instance/instance-type": "ecs.g7.large",
        "/latest/meta-data/region-id": "cn-hangzhou",
        "/latest/meta-data/zone-id": "cn-hangzhou-k",
    },
    "oracle": {
        "/opc/v2/instance/shape": "VM.Standard.E4.Flex",
        "/opc/v2/instance/canonicalRegionName": "us-phoenix-1",
        "/opc/v2/instance/ociAdName": "phx-ad-2",
    },
    "digitalocean": {"/metadata/v1/region": "fra1"},
    "hetzner": {
        "/hetzner/v1/metadata/region": "eu-central",
        "/hetzner/v1/metadata/availability-zone": "fsn1-dc14",
    },
    "openstack": {
        "/latest/meta-data/instance-type": "m1.large",
        "/latest/meta-data/placement/availability-zone": "az-2\n",
    },
}
EVENTS = {
    "aws": {"/latest/meta-data/events/maintenance/scheduled": SCHEDULED},
    "azure": {"/metadata/scheduledevents?api-version=2020-07-01": AZURE_EVENTS},
    "gcp": {GCP + "maintenance-event": "MIGRATE_ON_HOST_MAINTENANCE", GCP + "preempted": "FALSE"},
}
SPOT, REBALANCE, MAINTENANCE = ("/latest/meta-data/" + leaf for leaf in (
    "spot/instance-action", "events/recommendations/rebalance", "events/maintenance/scheduled"))
RELEASE = "/latest/meta-data/instance/spot/termination-time"
# What is asked for besides, and is rightly not there.
LACKING = {"aws": [SPOT, REBALANCE], "alibaba": [RELEASE]}
# cloud, what it announces; what that is, and not before when.
ANNOUNCED = [
    ("aws", {}, None, None),
    ("aws", {SPOT: '{\n\t"action": "terminate",\n\t"time": "2020-01-07T01:03:47Z"\n}'}, "end", "2020-01-07T01:03:47Z"),
    ("aws", {SPOT: '{\n\t"action": "hibernate",\n\t"time": "2025-05-05T05:05:55Z"\n}',
             REBALANCE: '{\n\t"noticeTime": "2010-10-26T11:11:11Z"\n}'}, "hibernation", "2025-05-05T05:05:55Z"),
    ("aws", {REBALANCE: '{\n\t"noticeTime": "2010-10-26T11:11:11Z"\n}'}, "risk", None),
    ("aws", {MAINTENANCE: """[{\n\t"Code": "system-reboot",
\t"Description": "The instance is scheduled for system-reboot",\n\t"State": "active",
\t"EventId": "instance-event-1234567890abcdef0",\n\t"NotBefore": "1 Jan 2020 01:03:47 GMT",
\t"NotAfter": "7 Jan 2020 01:03:47 GMT",\n\t"NotBeforeDeadline": "10 Jan 2020 01:03:47 GMT"\n}]"""},
     "restart", "1 Jan 2020 01:03:47 GMT"),
    ("aws", {MAINTENANCE: '[{"Code": "instance-stop", "State": "canceled", "NotBefore": "1 Jan 2020 01:03:47 GMT"}]'},
     None, None),
    ("alibaba", {}, None, None),
    ("alibaba", {RELEASE: "2015-01-05T18:02:00Z"}, "end", "2015-01-05T18:02:00Z"),
]
# What is another one after a move to another host.
SIGNS = {"gcp": GCP + "virtual-clock/drift-token", "alibaba": "/latest/meta-data/instance/last-host-landing-time"}


def answer(status, body, *headers):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


PORTAL = "<!DOCTYPE html><html><title>Log in</title><form action=/login></form></html>"
# fault: (what is sent, what then: close, hold, flood or reset it; the cause that is told)
FAULTS = {
    "never answers": (b"", "hold", "http-late"),
    "never ends": (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nm4", "hold", "http-late"),
    "byte by byte": (b"HTTP/1.1 200 OK\r\nX: ", "drip", "http-late"),
    "endless chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "chunks", "http-long"),
    "huge": (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 65536, "flood", "http-long"),
    "resets": (b"", "reset", "http-broken"),
    "hangs up": (b"", "close", "http-broken"),
    "cut off": (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nm4", "close", "http-broken"),
    "garbage": (bytes(range(256)) + b"\r\n\r\n", "close", "http-garbled"),
    "another protocol": (b"220 mail ESMTP\r\n\r\n", "close", "http-garbled"),
    "login page": (answer("200 OK", PORTAL, "Content-Type: text/html"), "close", "cloud-unfit"),
    "bytes that are none": (answer("200 OK", "m4\x1b[31m"), "close", "cloud-unfit"),
    "a zero byte": (answer("200 OK", "m4\0.large"), "close", "cloud-unfit"),
    "redirect": (answer("302 Found", "", "Location: http://10.9.9.9/"), "close", "http-redirect"),
    "use a proxy": (answer("305 Use Proxy", "", "Location: http://10.9.9.9/"), "close", "http-redirect"),
    "unauthorized": (answer("401 Unauthorized", "", "WWW-Authenticate: Basic realm=x"), "close", "http-status"),
    "forbidden": (answer("403 Forbidden", ""), "close", "http-status"),
    "too many": (answer("429 Too Many Requests", "", "Retry-After: 9"), "close", "http-status"),
    "broken": (answer("500 Internal Server Error", ""), "close", "http-status"),
    "unavailable": (answer("503 Service Unavailable", ""), "close", "http-status"),
}


class Service:
    """All addresses at once: what `cloud` is, answers there, or with `fault`, from `since` questions on."""

    def __init__(self):
        self.cloud = self.fault = self.events = None
        self.since, self.asked, self.wrong, self.signs = 0, [], [], []
        for address in (LINK_LOCAL, ALIBABA):
            listener = socket.create_server((address, 80), backlog=64)
            threading.Thread(target=self.listen, args=(listener, address), daemon=True).start()

    def become(self, cloud, fault=None, since=0, events=None, signs=()):
        """With `events` instead of its own, and `signs` one after the other."""
        self.cloud, self.fault, self.since = cloud, fault, since
        self.events = EVENTS.get(cloud, {}) if events is None else events
        self.signs = list(signs)
        self.asked, self.wrong = [], []

    def listen(self, listener, address):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self.talk, args=(client, address), daemon=True).start()

    def talk(self, client, address):
        with client:
            try:
                text = b""
                while b"\r\n\r\n" not in text:
                    part = client.recv(65536)
                    if not part:
                        return
                    text += part
                self.reply(client, address, text.decode())
            except OSError:
                pass

    def reply(self, client, address, text):
        first, *lines = text.split("\r\n\r\n")[0].split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        self.asked.append((address, method, path))
        if "x-forwarded-for" in headers or headers.get("host") != address:
            self.wrong.append((path, headers))
        if self.fault and len(self.asked) > self.since:
            self.fail(client, *FAULTS[self.fault][:2])
        else:
            client.sendall(self.find(method, path, headers))

    def find(self, method, path, headers):
        _, token, wanted, mark = CLOUDS[self.cloud]
        marks = [mark] if mark else []
        if token and (method, path) == ("PUT", token[0]):
            life = headers.get(token[1], "")
            good = life.isdigit() and 1 <= int(life) <= 21600
            return answer("200 OK", TOKEN) if good else answer("400 Bad Request", "")
        if wanted and headers.get(wanted[0]) != wanted[1]:
            self.wrong.append((path, headers))
            return answer("401 Unauthorized", "")
        leaf = {**TREES[self.cloud], **self.events}.get(path)
        if self.signs and path == SIGNS[self.cloud]:
            leaf = self.signs.pop(0)
        return answer("404 Not Found", "no", *marks) if leaf is None else answer("200 OK", leaf, *marks)

    @staticmethod
    def fail(client, text, then):
        client.sendall(text)
        if then == "hold":
            client.recv(1)
        elif then == "drip":
            while True:
                client.sendall(b"a")
                client.settimeout(0.05)
                try:
                    if not client.recv(1):
                        return
                except TimeoutError:
                    pass
        elif then == "flood":
            while True:
                client.sendall(text)
        elif then == "chunks":
            while True:
                client.sendall(b"400\r\n" + b"a" * 1024 + b"\r\n")
        elif then == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
