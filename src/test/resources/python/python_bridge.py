"""A bridge after the manner of fedmsg-migration-tools, both ways in one process, of pika and pyzmq.

python_bridge.py URL PUBLISH CERTIFICATE KEY SUBSCRIBE...

It takes what others publish at the addresses SUBSCRIBE to the exchange zmq.topic, unless its username is amqp-bridge,
and what comes to amq.topic to a PUB socket at PUBLISH, signed. Nothing is marked, and headers are lost on the way to
ZeroMQ.
"""

import datetime
import itertools
import json
import sys
import time

import pika
import zmq

from fedmsg_peer import Identity

USERNAME = "amqp-bridge"


def to_amqp(frames, channel):
    topic, payload = frames
    envelope = json.loads(payload)
    if envelope.get("username") == USERNAME or "msg" not in envelope:
        return
    headers = dict(envelope.get("headers") or {})
    headers.update(
        {
            "fedora_messaging_schema": "base.message",
            "sent-at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
            "fedora_messaging_severity": 20,
        }
    )
    properties = pika.BasicProperties(
        message_id=envelope["msg_id"],
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
        headers=headers,
    )
    channel.basic_publish("zmq.topic", topic.decode(), json.dumps(envelope["msg"]), properties)


class ToZmq:
    def __init__(self, socket, identity):
        self.socket = socket
        self.identity = identity
        self.counter = itertools.count(1)

    def __call__(self, channel, method, properties, body):
        name = properties.message_id
        if not (name[:4].isdigit() and name[4:5] == "-"):
            name = f"{time.gmtime().tm_year}-{name}"
        envelope = {
            "topic": method.routing_key,
            "msg": json.loads(body),
            "timestamp": int(time.time()),
            "msg_id": name,
            "i": next(self.counter),
            "username": USERNAME,
        }
        payload = json.dumps(self.identity.sign(envelope)).encode()
        self.socket.send_multipart([method.routing_key.encode(), payload])
        channel.basic_ack(method.delivery_tag)


def main(url, publish, certificate, key, *subscribe):
    outgoing = zmq.Context.instance().socket(zmq.PUB)
    outgoing.bind(publish)
    incoming = zmq.Context.instance().socket(zmq.SUB)
    incoming.setsockopt(zmq.SUBSCRIBE, b"")
    for address in subscribe:
        incoming.connect(address)
    connection = pika.BlockingConnection(pika.URLParameters(url))
    channel = connection.channel()
    channel.confirm_delivery()
    queue = channel.queue_declare("", exclusive=True).method.queue
    channel.queue_bind(queue, "amq.topic", "#")
    channel.basic_consume(queue, ToZmq(outgoing, Identity.load(certificate, key)))
    print("bridging", flush=True)
    while True:
        connection.process_data_events(0)
        while incoming.poll(10):
            to_amqp(incoming.recv_multipart(), channel)


if __name__ == "__main__":
    main(*sys.argv[1:])
