#!/usr/bin/python3
"""The other side of a broker, made of pika: an independent view of what goes over AMQP.

    consume    bind a queue of its own to an exchange and print what comes, one JSON object a line
    publish    publish what comes on standard input, one JSON object a line, and wait for each confirm

Lines to publish have "exchange", "routing_key", "body" (base64) and "properties": flags and property
list in base64, exactly as they shall be on the wire. Standard error says "ready" once it is so.
"""

import argparse
import base64
import json
import sys

import pika


class Raw(pika.BasicProperties):
    """Properties that are written as they were given."""

    def __init__(self, encoded):
        super().__init__()
        self.encoded = encoded

    def encode(self):
        return [self.encoded]


def connect(url):
    return pika.BlockingConnection(pika.URLParameters(url))


def shown(method, properties, body):
    names = (
        "content_type content_encoding delivery_mode priority correlation_id reply_to expiration"
        " message_id timestamp type user_id app_id cluster_id"
    ).split()
    present = {n: getattr(properties, n) for n in names if getattr(properties, n) is not None}
    return json.dumps(
        {
            "exchange": method.exchange,
            "routing_key": method.routing_key,
            "properties": present,
            "headers": list((properties.headers or {}).items()),
            "body": base64.b64encode(body).decode("ascii"),
        }
    )


def consume(arguments):
    channel = connect(arguments.url).channel()
    queue = channel.queue_declare("", exclusive=True).method.queue
    channel.queue_bind(queue, arguments.exchange, arguments.key)
    print("ready", file=sys.stderr, flush=True)
    for count, (method, properties, body) in enumerate(channel.consume(queue), 1):
        print(shown(method, properties, body), flush=True)
        channel.basic_ack(method.delivery_tag)
        if count == arguments.count:
            return


def publish(arguments):
    channel = connect(arguments.url).channel()
    channel.confirm_delivery()
    print("ready", file=sys.stderr, flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        channel.basic_publish(
            message["exchange"],
            message["routing_key"],
            base64.b64decode(message["body"]),
            Raw(base64.b64decode(message["properties"])),
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["consume", "publish"])
    parser.add_argument("url")
    parser.add_argument("--exchange", default="amq.topic")
    parser.add_argument("--key", default="#")
    parser.add_argument("--count", type=int, default=0)
    arguments = parser.parse_args()
    {"consume": consume, "publish": publish}[arguments.mode](arguments)


main()
