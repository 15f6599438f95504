package org.peal.node;

import org.peal.bus.zmq.ZmqConfig;
import org.peal.crypto.CryptoConfig;
import org.peal.endpoint.EndpointsConfig;
import org.peal.message.TopicConfig;

/** The whole configuration of a node, one component for each section. Immutable. */
public record PealConfig(
    TopicConfig topic,
    CryptoConfig crypto,
    ZmqConfig zmq,
    RelayConfig relay,
    GatewayConfig gateway,
    EndpointsConfig endpoints) {}
