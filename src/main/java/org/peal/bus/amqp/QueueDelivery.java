package org.peal.bus.amqp;

import com.rabbitmq.client.Envelope;
import org.peal.schema.MessageSchema;

/** A delivery that settles itself by its channel. Thread-safe. */
record QueueDelivery(Received.Valid received, Envelope envelope, Settlement settlement)
    implements AmqpDelivery {

  @Override
  public AmqpMessage message() {
    return received.message();
  }

  @Override
  public MessageSchema schema() {
    return received.schema();
  }

  @Override
  public String queue() {
    return received.message().queue().orElse("");
  }

  @Override
  public String exchange() {
    return envelope.getExchange();
  }

  @Override
  public boolean isRedelivered() {
    return envelope.isRedeliver();
  }

  @Override
  public boolean ack() {
    return settlement.settle(Settlement.How.ACK);
  }

  @Override
  public boolean requeue() {
    return settlement.settle(Settlement.How.REQUEUE);
  }

  @Override
  public boolean reject() {
    return settlement.settle(Settlement.How.REJECT);
  }
}
