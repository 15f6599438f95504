#!/usr/bin/python3
"""A stand-in for a fedmsg node: an independent view of the wire, for the interoperability tests.

It knows the bus only through libzmq, python-cryptography and Python's own json module, and shares
nothing with the program under test. One mode a run:

    subscribe        print each message with what this side thinks of it
    publish          sign and send the bodies that come on standard input, one a line
    publish-invalid  send every kind of bad message that the catalogue holds, good ones between
    catalogue        print that catalogue: id and reason, one a line
    relay            take messages and write them anew, as fedmsg-relay does
    ask              put each line of standard input to a replay server and print its answer
    replay           answer such questions as the original's server does, with the fault of its
                     store: ranges always fail; the log holds messages of its own making
    report           send the texts that come on standard input as a hub reports, one frame each,
                     again and again
    canonical        print the canonical form of each JSON text on standard input

Data goes to standard output as JSON, one object a line. Standard error says "listening on ADDRESS"
or "connected to ADDRESS" once the socket is there; port 0 means any. Every run ends by itself after
--seconds, with status 1 when it had not finished. In both publishing modes --probe sends a good
and an unsigned message with that topic ten times a second until the first line comes on standard
input, so that the test can tell when the subscription has arrived.
"""

import argparse
import base64
import datetime
import itertools
import json
import os
import re
import select
import signal
import sys
import time
import uuid

import zmq
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import (
    ec,
    ed25519,
    padding,
    rsa,
    utils,
)
from cryptography.x509.oid import NameOID

CREDENTIALS = ("signature", "certificate")
PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL
)


# --- text ---------------------------------------------------------------------------------------


def canonical(value):
    """The text that is signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def spaced(value):
    """The text that a relay of the original writes."""
    return json.dumps(value).encode("ascii")


def signed_text(message):
    return canonical({k: v for k, v in message.items() if k not in CREDENTIALS})


def say(text):
    print(text, file=sys.stderr, flush=True)


def put(**members):
    print(json.dumps(members), flush=True)


# --- credentials --------------------------------------------------------------------------------


class Identity:
    """A key pair from NAME.crt and NAME.key."""

    def __init__(self, certificate, key):
        self.certificate = certificate
        self.key = key

    @classmethod
    def load(cls, certificate_file, key_file):
        with open(certificate_file, "rb") as file:
            certificate = x509.load_pem_x509_certificate(PEM.search(file.read())[0])
        with open(key_file, "rb") as file:
            key = serialization.load_pem_private_key(file.read(), password=None)
        return cls(certificate, key)

    @classmethod
    def issue(cls, name, issuer, key):
        """A fresh certificate for a key, good today, issued by another identity."""
        now = datetime.datetime.utcnow()
        certificate = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(issuer.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .sign(issuer.key, hashes.SHA256())
        )
        return cls(certificate, key)

    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def raw_sign(self, text):
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(text)
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            der = self.key.sign(text, ec.ECDSA(hashes.SHA256()))
            r, s = utils.decode_dss_signature(der)
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return self.key.sign(text, padding.PKCS1v15(), hashes.SHA1())

    def sign(self, message):
        """A copy of a message with the scheme and both credentials."""
        message = {**message, "crypto": "x509"}
        return self.attach(message, self.raw_sign(signed_text(message)))

    def attach(self, message, signature):
        return {
            **message,
            "signature": in_lines(signature),
            "certificate": in_lines(self.pem()),
        }


def check_message(key, signature, text):
    """Raises InvalidSignature unless the member of a message fits, by the kind of the key."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, text)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        if len(signature) != 64:
            raise InvalidSignature
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        der = utils.encode_dss_signature(r, s)
        key.verify(der, text, ec.ECDSA(hashes.SHA256()))
    else:
        key.verify(signature, text, padding.PKCS1v15(), hashes.SHA1())


def check_issued(key, certificate):
    """Raises InvalidSignature unless a key has signed a certificate."""
    signed = certificate.signature, certificate.tbs_certificate_bytes
    digest = certificate.signature_hash_algorithm
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(*signed)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(*signed, ec.ECDSA(digest))
    else:
        key.verify(*signed, padding.PKCS1v15(), digest)


def in_lines(data):
    """Base64 as the current publishers write it: lines of 76, a newline after each."""
    return base64.encodebytes(data).decode("ascii")


class Trust:
    """One authority, and its revocation list if there is one."""

    def __init__(self, ca_file, crl_file=None):
        with open(ca_file, "rb") as file:
            self.ca = x509.load_pem_x509_certificate(file.read())
        self.crl = None
        if crl_file:
            with open(crl_file, "rb") as file:
                self.crl = x509.load_pem_x509_crl(file.read())

    def signer(self, message):
        """The common name of who signed a message; raises ValueError when it is not trusted."""
        if message.get("crypto") != "x509":
            raise ValueError(f"crypto is {message.get('crypto')!r}")
        signature, certificate = (
            base64.b64decode(message[field]) for field in CREDENTIALS
        )
        certificate = x509.load_pem_x509_certificate(PEM.search(certificate)[0])
        self.check_chain(certificate)
        try:
            check_message(certificate.public_key(), signature, signed_text(message))
        except InvalidSignature:
            raise ValueError("the signature does not fit") from None
        return certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value

    def check_chain(self, certificate):
        now = datetime.datetime.utcnow()
        if certificate.issuer != self.ca.subject:
            raise ValueError("issued by somebody else")
        try:
            check_issued(self.ca.public_key(), certificate)
        except InvalidSignature:
            raise ValueError("not issued by the authority") from None
        if not certificate.not_valid_before <= now <= certificate.not_valid_after:
            raise ValueError("outside its dates")
        if self.crl:
            if not self.crl.is_signature_valid(self.ca.public_key()):
                raise ValueError("the revocation list is not the authority's")
            if self.crl.next_update < now:
                raise ValueError("the revocation list is out of date")
            if self.crl.get_revoked_certificate_by_serial_number(
                certificate.serial_number
            ):
                raise ValueError("revoked")


# --- messages -----------------------------------------------------------------------------------


class Author:
    """Makes envelopes; counts them as a publishing process does."""

    def __init__(self, identity):
        self.identity = identity
        self.counter = itertools.count(1)

    def unsigned(self, topic, body):
        return {
            "topic": topic,
            "msg": body,
            "timestamp": int(time.time()),
            "msg_id": f"{time.localtime().tm_year}-{uuid.uuid4()}",
            "i": next(self.counter),
            "username": "peer",
        }

    def signed(self, topic, body):
        return self.identity.sign(self.unsigned(topic, body))

    def frames(self, topic, body):
        return [topic.encode("utf-8"), canonical(self.signed(topic, body))]


def opinion(frames, trust):
    """What this side thinks of a message, as a dictionary for the output."""
    said = {"frames": [frame.hex() for frame in frames], "canonical": False}
    try:
        if len(frames) != 2:
            raise ValueError(f"{len(frames)} frames")
        topic, payload = frames
        said["topic"] = topic.decode("utf-8")
        said["payload"] = payload.decode("utf-8")
        message = json.loads(said["payload"])
        if not isinstance(message, dict):
            raise ValueError("not an object")
        said["canonical"] = canonical(message) == payload
        said["members"] = {k: type(v).__name__ for k, v in message.items()}
        said["msg"] = canonical(message.get("msg")).decode("ascii")
        if message.get("topic") != said["topic"]:
            raise ValueError("the frame names another topic")
        if "msg" not in message:
            raise ValueError("no msg")
        said["in-lines"] = all(
            in_lines(base64.b64decode(message[field])) == message[field]
            for field in CREDENTIALS
            if field in message
        )
        if trust:
            said["signer"] = trust.signer(message)
    except Exception as e:  # whatever it is, it is this side's opinion of the message
        said["problem"] = f"{type(e).__name__}: {e}"
    said["valid"] = "problem" not in said
    return said


# --- sockets ------------------------------------------------------------------------------------


def open_socket(kind, args):
    """A socket with the original's options, bound or connected, which standard error tells."""
    socket = zmq.Context.instance().socket(kind)
    socket.setsockopt(zmq.TCP_KEEPALIVE, 1)
    socket.setsockopt(zmq.TCP_KEEPALIVE_CNT, 3)
    socket.setsockopt(zmq.TCP_KEEPALIVE_IDLE, 60)
    socket.setsockopt(zmq.TCP_KEEPALIVE_INTVL, 5)
    socket.setsockopt(zmq.LINGER, -1)  # the time limit ends a run that hangs
    if kind == zmq.SUB:
        socket.setsockopt(zmq.RECONNECT_IVL, 100)
        socket.setsockopt(zmq.RECONNECT_IVL_MAX, 1000)
        socket.setsockopt(zmq.SUBSCRIBE, getattr(args, "prefix", "").encode("utf-8"))
    for address in args.bind:
        socket.bind(address)
        say("listening on " + socket.getsockopt(zmq.LAST_ENDPOINT).decode().rstrip("\0"))
    for address in args.connect:
        socket.connect(address)
        say("connected to " + address)
    return socket


def probe(socket, args, author):
    """Sends probes until standard input has something to read, or has ended."""
    while args.probe and not select.select([sys.stdin], [], [], 0.1)[0]:
        socket.send_multipart(author.frames(args.probe, {"probe": True}))
        unsigned = author.unsigned(args.probe, {"probe": True})
        socket.send_multipart(with_payload(args.probe, canonical(unsigned)))


# --- the catalogue of bad messages --------------------------------------------------------------


class Forger:
    """Makes bad messages. A row of the catalogue is an id, the reason that a receiver should give
    (None where the transport should drop it) and a function from a topic to frames."""

    def __init__(self, pki):
        self.names = {
            name: Identity.load(f"{pki}/{name}.crt", f"{pki}/{name}.key")
            for name in (
                "ca signer-a signer-b expired not-yet-valid revoked wrong-ca self-signed no-cn"
            ).split()
        }
        self.author = Author(self.names["signer-a"])

    def row_makers(self):
        by_edit = self.after_signing
        malformed_payloads = {
            "json-truncated": b'{"msg":{"a":1},"topic":"x"',
            "json-array": b"[1,2,3]",
            "json-string": b'"x"',
            "json-number": b"42",
            "json-null": b"null",
            "json-empty": b"",
            "json-not-utf8": b'{"msg":{"a":"\xff\xfe"},"topic":"x"}',
            "json-overlong-utf8": b'{"msg":{"a":"\xc0\xaf"},"topic":"x"}',
            "json-deep": b'{"msg":' + b"[" * 5000 + b"]" * 5000 + b"}",
            "json-long-integer": b'{"msg":{"a":' + b"9" * 5000 + b"}}",
            "json-leading-zero": b'{"msg":{"a":01},"topic":"x"}',
            "json-minus-nan": b'{"msg":{"a":-NaN},"topic":"x"}',
            "json-comment": b'{"msg":{}/**/,"topic":"x"}',
            "json-raw-newline": b'{"msg":{"a":"\n"},"topic":"x"}',
            "json-nul-byte": b'{"msg":{},"topic":"x"}\0',
            "binary": bytes(range(256)) * 4,
            "not-json": b"GET / HTTP/1.0\r\n\r\n",
        }
        yield "unsigned", "UNSIGNED", by_edit(drop("crypto", *CREDENTIALS))
        yield "unsigned-crypto-kept", "UNSIGNED", by_edit(drop(*CREDENTIALS))
        yield "signature-missing", "MALFORMED", by_edit(drop("signature"))
        yield "certificate-missing", "MALFORMED", by_edit(drop("certificate"))
        yield "looks-like-gpg", "SCHEME_REFUSED", by_edit(drop("certificate", "crypto"))
        yield "crypto-gpg", "SCHEME_REFUSED", by_edit(set_to("crypto", "gpg"))
        yield "crypto-null", "SCHEME_REFUSED", by_edit(set_to("crypto", None))
        yield "crypto-list", "SCHEME_REFUSED", by_edit(set_to("crypto", ["x509"]))
        yield "crypto-number", "SCHEME_REFUSED", by_edit(set_to("crypto", 1))
        yield "crypto-unknown", "SCHEME_REFUSED", by_edit(set_to("crypto", "X509"))
        yield "signature-number", "MALFORMED", by_edit(set_to("signature", 7))
        yield "signature-null", "MALFORMED", by_edit(set_to("signature", None))
        yield "signature-no-base64", "MALFORMED", by_edit(set_to("signature", "abcde"))
        yield "signature-empty", "BAD_SIGNATURE", by_edit(set_to("signature", ""))
        yield "signature-short", "BAD_SIGNATURE", by_edit(
            set_to("signature", in_lines(b"\1" * 255))
        )
        yield "signature-flipped", "BAD_SIGNATURE", by_edit(flip_signature)
        yield "signature-zero", "BAD_SIGNATURE", by_edit(
            set_to("signature", in_lines(bytes(256)))
        )
        yield "signature-of-another", "BAD_SIGNATURE", by_edit(
            set_to("signature", self.author.signed("a.b.c.d", {})["signature"])
        )
        yield "certificate-object", "MALFORMED", by_edit(set_to("certificate", {}))
        yield "certificate-no-base64", "MALFORMED", by_edit(
            set_to("certificate", "A")
        )
        yield "certificate-no-pem", "MALFORMED", by_edit(
            set_to("certificate", in_lines(b"hello"))
        )
        yield "certificate-empty-pem", "MALFORMED", by_edit(
            set_to(
                "certificate",
                in_lines(b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
            )
        )
        yield "certificate-truncated", "MALFORMED", by_edit(
            set_to("certificate", in_lines(self.names["signer-a"].pem()[:500]))
        )
        yield "certificate-of-another", "BAD_SIGNATURE", by_edit(
            set_to("certificate", in_lines(self.names["signer-b"].pem()))
        )
        yield "body-changed", "BAD_SIGNATURE", by_edit(set_to("msg", {"n": 2}))
        yield "body-integer-to-float", "BAD_SIGNATURE", by_edit(set_to("msg", {"n": 1.0}))
        yield "time-to-float", "BAD_SIGNATURE", by_edit(
            lambda m: m.update(timestamp=float(m["timestamp"]))
        )
        yield "member-added", "BAD_SIGNATURE", by_edit(set_to("extra", None))
        yield "seq-id-added", "BAD_SIGNATURE", by_edit(set_to("seq_id", 1))
        yield "headers-added", "BAD_SIGNATURE", by_edit(set_to("headers", {}))
        yield "username-removed", "BAD_SIGNATURE", by_edit(drop("username"))
        yield "crypto-removed", "BAD_SIGNATURE", by_edit(drop("crypto"))
        yield "topic-changed", "BAD_SIGNATURE", self.topic_changed
        yield "signed-sha256", "BAD_SIGNATURE", self.signed_otherwise(
            canonical, padding.PKCS1v15(), hashes.SHA256()
        )
        yield "signed-pss", "BAD_SIGNATURE", self.signed_otherwise(
            canonical, padding.PSS(padding.MGF1(hashes.SHA1()), 20), hashes.SHA1()
        )
        yield "signed-spaces", "BAD_SIGNATURE", self.signed_otherwise(
            spaced, padding.PKCS1v15(), hashes.SHA1()
        )
        yield "signed-newline", "BAD_SIGNATURE", self.signed_otherwise(
            lambda m: canonical(m) + b"\n", padding.PKCS1v15(), hashes.SHA1()
        )
        yield "certificate-expired", "EXPIRED", self.signed_by("expired")
        yield "certificate-early", "NOT_YET_VALID", self.signed_by("not-yet-valid")
        yield "certificate-revoked", "REVOKED", self.signed_by("revoked")
        yield "certificate-wrong-ca", "UNTRUSTED", self.signed_by("wrong-ca")
        yield "certificate-self-signed", "UNTRUSTED", self.signed_by("self-signed")
        yield "certificate-no-name", "MALFORMED", self.signed_by("no-cn")
        yield "certificate-by-signer", "UNTRUSTED", self.by_fresh_certificate("signer-a")
        yield "certificate-elliptic", "BAD_SIGNATURE", self.by_elliptic_key
        yield "not-permitted", "NOT_PERMITTED", self.good
        yield "topic-missing", "MALFORMED", self.before_signing(drop("topic"))
        yield "topic-number", "MALFORMED", self.before_signing(set_to("topic", 5))
        yield "topic-empty", "MALFORMED", self.before_signing(set_to("topic", ""))
        yield "msg-missing", "MALFORMED", self.before_signing(drop("msg"))
        yield "frame-other-topic", "TOPIC_MISMATCH", lambda topic: self.good("a.b.c.d", topic)
        yield "frame-empty", "TOPIC_MISMATCH", lambda topic: [b"", self.good(topic)[1]]
        yield "frame-not-utf8", "TOPIC_MISMATCH", lambda topic: [
            topic.encode() + b"\xff",
            self.good(topic + "\ufffd")[1],
        ]
        yield "json-bom", "MALFORMED", lambda topic: with_payload(
            topic, b"\xef\xbb\xbf" + self.good(topic)[1]
        )
        yield "json-trailing", "MALFORMED", lambda topic: with_payload(
            topic, self.good(topic)[1] + b"{}"
        )
        for name, payload in malformed_payloads.items():
            yield name, "MALFORMED", lambda topic, payload=payload: with_payload(
                topic, payload
            )
        yield "one-frame", None, lambda topic: [topic.encode()]
        yield "one-empty-frame", None, lambda topic: [b""]
        yield "three-frames", None, lambda topic: self.good(topic) + [b"x"]
        yield "many-frames", None, lambda topic: self.good(topic) + [b""] * 500

    def good(self, topic, frame_topic=None):
        message = self.author.signed(topic, {"n": 1})
        return with_payload(topic if frame_topic is None else frame_topic, canonical(message))

    def topic_changed(self, topic):
        message = self.author.signed("a.b.c.d", {"n": 1})
        return with_payload(topic, canonical({**message, "topic": topic}))

    def after_signing(self, edit):
        def make(topic):
            message = self.author.signed(topic, {"n": 1})
            edit(message)
            return with_payload(topic, canonical(message))

        return make

    def before_signing(self, edit):
        def make(topic):
            message = self.author.unsigned(topic, {"n": 1})
            edit(message)
            return with_payload(topic, canonical(self.author.identity.sign(message)))

        return make

    def signed_by(self, name):
        return self.by_identity(self.names[name])

    def by_identity(self, identity):
        def make(topic):
            message = self.author.unsigned(topic, {"n": 1})
            return with_payload(topic, canonical(identity.sign(message)))

        return make

    def signed_otherwise(self, write, pad, digest):
        def make(topic):
            identity = self.author.identity
            message = {**self.author.unsigned(topic, {"n": 1}), "crypto": "x509"}
            signature = identity.key.sign(write(message), pad, digest)
            return with_payload(topic, canonical(identity.attach(message, signature)))

        return make

    def by_fresh_certificate(self, issuer):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = "shell-app01.example.org"
        return self.by_identity(Identity.issue(name, self.names[issuer], key))

    def by_elliptic_key(self, topic):
        key = ec.generate_private_key(ec.SECP256R1())
        identity = Identity.issue("shell-app01.example.org", self.names["ca"], key)
        message = {**self.author.unsigned(topic, {"n": 1}), "crypto": "x509"}
        signature = key.sign(signed_text(message), ec.ECDSA(hashes.SHA1()))
        return with_payload(topic, canonical(identity.attach(message, signature)))


def with_payload(topic, payload):
    return [topic.encode("utf-8"), payload]


def drop(*keys):
    def edit(message):
        for key in keys:
            del message[key]

    return edit


def set_to(key, value):
    return lambda message: message.update({key: value})


def flip_signature(message):
    raw = bytearray(base64.b64decode(message["signature"]))
    raw[100] ^= 1
    message["signature"] = in_lines(bytes(raw))


# --- modes --------------------------------------------------------------------------------------


def subscribe(args):
    trust = Trust(args.ca, args.crl) if args.ca else None
    socket = open_socket(zmq.SUB, args)
    for _ in range(args.count) if args.count else itertools.count():
        put(**opinion(socket.recv_multipart(), trust))


def publish(args):
    """Each line of input is {"topic":..,"msg":..}; each line of output is the payload sent."""
    author = Author(Identity.load(args.cert, args.key))
    socket = open_socket(zmq.PUB, args)
    if args.connect and not args.probe:
        time.sleep(0.5)  # all that the original does about slow joiners
    probe(socket, args, author)
    for line in sys.stdin:
        wanted = json.loads(line)
        frames = author.frames(wanted["topic"], wanted["msg"])
        socket.send_multipart(frames)
        put(topic=wanted["topic"], payload=frames[1].decode("ascii"))
    socket.close()
    zmq.Context.instance().term()


def publish_invalid(args):
    """Starts at the first line of input. The bad message with the id X goes to PREFIX.invalid.X, a
    good one behind each to PREFIX.marker.X, and last of all one to PREFIX.end. Each line of output
    is what was sent."""
    forger = Forger(args.pki)
    prefix = args.prefix.rstrip(".")
    messages = []
    for name, _, make in forger.row_makers():
        marker = f"{prefix}.marker.{name}"
        messages.append(make(f"{prefix}.invalid.{name}"))
        messages.append(forger.author.frames(marker, {}))
    messages.append(forger.author.frames(f"{prefix}.end", {}))
    socket = open_socket(zmq.PUB, args)
    probe(socket, args, forger.author)
    for frames in messages:
        socket.send_multipart(frames)
        put(frames=[frame.hex() for frame in frames])
    socket.close()
    zmq.Context.instance().term()


def catalogue(args):
    for name, reason, _ in Forger(args.pki).row_makers():
        put(id=name, reason=reason)


def relay(args):
    args.prefix = ""
    incoming = open_socket(zmq.SUB, args)
    args.bind, args.connect = args.out, []
    outgoing = open_socket(zmq.PUB, args)
    while True:
        topic, payload = incoming.recv_multipart()
        message = json.loads(payload)
        if not isinstance(message, dict):
            message = {"topic": topic.decode("utf-8"), "msg": message}
        outgoing.send_multipart([topic, spaced(message)])


def ask(args):
    socket = open_socket(zmq.REQ, args)
    for line in sys.stdin:
        socket.send(line.rstrip("\n").encode("utf-8"))
        put(frames=[frame.decode("utf-8") for frame in socket.recv_multipart()])


class Unanswerable(Exception):
    pass


class ReplayLog:
    """What a replay server of the original has stored: it numbers messages after signing them."""

    FIELDS = ("seq_id", "seq_ids", "seq_id_range", "msg_id", "msg_ids", "time")

    def __init__(self, author, topic, count):
        self.messages = [
            {**author.signed(topic, {"n": n}), "seq_id": n} for n in range(1, count + 1)
        ]

    def answer(self, question):
        try:
            found = set()
            for field, value in question.items():
                found.update(self.matches(field, value))
            if not found:
                raise Unanswerable("There was no match for the given query")
            return [canonical(self.messages[n - 1]) for n in sorted(found)]
        except Unanswerable as e:
            return [f"error: '{e}'".encode("utf-8")]

    def matches(self, field, value):
        if field not in self.FIELDS:
            raise Unanswerable('Unsupported field: "key"')
        if field == "time" and len(value) != 2:
            raise Unanswerable('Ill-format "time" field')
        if field == "seq_id_range":
            if len(value) != 2:
                raise Unanswerable('Ill-format "sed_id_range" field')
            # The store names a column that is not there.
            raise Unanswerable(f'Something went wrong when processing the field "{field}"')
        if field == "time":
            return [
                m["seq_id"] for m in self.messages if value[0] <= m["timestamp"] <= value[1]
            ]
        wanted = value if field.endswith("s") else [value]
        key = field.rstrip("s")
        return [m["seq_id"] for m in self.messages if m[key] in wanted]


def replay(args):
    author = Author(Identity.load(args.cert, args.key))
    log = ReplayLog(author, args.topic, args.count)
    socket = open_socket(zmq.REP, args)
    while True:
        question = json.loads(socket.recv())
        put(question=question)
        socket.send_multipart(log.answer(question))
def report(args):
    socket = open_socket(zmq.PUB, args)
    texts = [line.strip().encode("utf-8") for line in sys.stdin]
    while True:
        for text in texts:
            socket.send(text)
        time.sleep(0.1)


def print_canonical(args):
    for line in sys.stdin:
        print(canonical(json.loads(line)).decode("ascii"), flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    modes = parser.add_subparsers(dest="mode", metavar="MODE", required=True)

    def mode(name, run, *, sockets=True):
        sub = modes.add_parser(name)
        sub.set_defaults(run=run)
        sub.add_argument("--seconds", type=int, default=120)
        if sockets:
            sub.add_argument("--bind", action="append", default=[])
            sub.add_argument("--connect", action="append", default=[])
        return sub

    sub = mode("subscribe", subscribe)
    sub.add_argument("--prefix", default="")
    sub.add_argument("--count", type=int)
    sub.add_argument("--ca")
    sub.add_argument("--crl")
    sub = mode("publish", publish)
    sub.add_argument("--cert", required=True)
    sub.add_argument("--key", required=True)
    sub.add_argument("--probe")
    sub = mode("publish-invalid", publish_invalid)
    sub.add_argument("--pki", required=True)
    sub.add_argument("--prefix", default="org.example.dev")
    sub.add_argument("--probe")
    sub = mode("catalogue", catalogue, sockets=False)
    sub.add_argument("--pki", required=True)
    sub = mode("relay", relay)
    sub.add_argument("--out", action="append", default=[])
    mode("ask", ask)
    sub = mode("replay", replay)
    sub.add_argument("--cert", required=True)
    sub.add_argument("--key", required=True)
    sub.add_argument("--topic", default="org.example.dev.replay.item")
    sub.add_argument("--count", type=int, default=10)
    mode("report", report)
    mode("canonical", print_canonical, sockets=False)
    return parser.parse_args()


def time_is_over(*_):
    say("time is over")
    sys.stdout.flush()
    os._exit(1)


def main():
    args = parse_arguments()
    signal.signal(signal.SIGALRM, time_is_over)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.alarm(args.seconds)
    args.run(args)


if __name__ == "__main__":
    main()
