"""The Python ends of a bridge, made of pika and pyzmq.

declare URL                  the exchange zmq.topic and the queue "end", bound to it and to amq.topic
join URL                     lets whoever is bound to amq.topic get what is published to zmq.topic too
garble URL                   publishes what is no message of fedora-messaging to amq.topic
publish URL FIRST COUNT      COUNT numbered messages to amq.topic, confirmed; goes on when the broker is away
feed URL                     the same for each number on standard input: so many more
collect URL COUNT            prints what comes to "end" until COUNT different ids of zmq.topic were there and nothing
                             comes any more
raw ADDRESS COUNT            binds a PUB socket and sends COUNT numbered messages of a fedmsg without log
subscribe COUNT ADDRESS...   prints payloads of PUB sockets until there were COUNT
"""

import json
import sys
import time
import uuid

TOPIC = "org.example.dev.app.native"


def connect(url):
    import pika

    while True:
        try:
            return pika.BlockingConnection(pika.URLParameters(url + "?heartbeat=10"))
        except pika.exceptions.AMQPError:
            time.sleep(0.2)


def declare(url):
    channel = connect(url).channel()
    channel.exchange_declare("zmq.topic", "topic", durable=True)
    channel.queue_declare("end", durable=True)
    channel.queue_bind("end", "zmq.topic", "#")
    channel.queue_bind("end", "amq.topic", "#")
    print("declared", flush=True)


def join(url):
    connect(url).channel().exchange_bind("amq.topic", "zmq.topic", "#")
    print("joined", flush=True)


def garble(url):
    connect(url).channel().basic_publish("amq.topic", TOPIC, b"{no json")
    print("garbled", flush=True)


def properties(number):
    import pika

    return pika.BasicProperties(
        message_id=str(uuid.UUID(int=(4 << 76) | number)),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
        headers={
            "fedora_messaging_schema": "app.native.v1",
            "sent-at": "2026-11-25T21:00:00+00:00",
            "fedora_messaging_severity": 30,
            "priority": 0,
            "fedora_messaging_user_jane": True,
        },
    )


def publish(url, numbers):
    import pika

    channel = None
    for number in numbers:
        while True:
            try:
                if channel is None:
                    channel = connect(url).channel()
                    channel.confirm_delivery()
                body = json.dumps({"n": number, "text": "caf\u00e9"})
                channel.basic_publish("amq.topic", TOPIC, body, properties(number))
                break
            except pika.exceptions.AMQPError:
                channel = None
        if number % 500 == 0:
            print("published", number, flush=True)
    print("published all", flush=True)


def asked():
    number = 0
    for line in sys.stdin:
        for _ in range(int(line)):
            yield number
            number += 1


def collect(url, count):
    import pika

    seen = set()
    is_over = False
    while not is_over:
        try:
            channel = connect(url).channel()
            channel.basic_qos(prefetch_count=200)
            for method, props, body in channel.consume("end", inactivity_timeout=1):
                if method is None:
                    is_over = len(seen) >= count
                    if is_over:
                        break
                    continue
                line = {
                    "exchange": method.exchange,
                    "topic": method.routing_key,
                    "id": props.message_id,
                    "headers": props.headers,
                    "body": json.loads(body),
                    "priority": props.priority,
                    "queue": "end",
                    "redelivered": method.redelivered,
                }
                print(json.dumps(line), flush=True)
                channel.basic_ack(method.delivery_tag)
                if method.exchange == "zmq.topic":
                    seen.add(props.message_id)
        except pika.exceptions.AMQPError:
            pass
    print("collected all", flush=True)


def raw(address, count):
    import zmq

    socket = zmq.Context().socket(zmq.PUB)
    socket.bind(address)
    print("bound", flush=True)
    sys.stdin.readline()
    for number in range(count):
        message = {
            "topic": "org.example.dev.old.event",
            "msg": {"n": number},
            "timestamp": 1700000000,
            "msg_id": "2026-" + str(uuid.uuid4()),
            "i": number + 1,
            "username": "apache",
        }
        socket.send_multipart([message["topic"].encode(), json.dumps(message).encode()])
    sys.stdin.readline()


def subscribe(count, addresses):
    import zmq

    socket = zmq.Context().socket(zmq.SUB)
    socket.setsockopt(zmq.SUBSCRIBE, b"")
    for address in addresses:
        socket.connect(address)
    print("subscribed", flush=True)
    for _ in range(count):
        print(socket.recv_multipart()[1].decode(), flush=True)


MODES = {
    "declare": lambda a: declare(a[0]),
    "join": lambda a: join(a[0]),
    "garble": lambda a: garble(a[0]),
    "publish": lambda a: publish(a[0], range(int(a[1]), int(a[1]) + int(a[2]))),
    "feed": lambda a: publish(a[0], asked()),
    "collect": lambda a: collect(a[0], int(a[1])),
    "raw": lambda a: raw(a[0], int(a[1])),
    "subscribe": lambda a: subscribe(int(a[0]), a[1:]),
}

if __name__ == "__main__":
    MODES[sys.argv[1]](sys.argv[2:])
