#ifndef CREDITSTREAM_CLIBRDKAFKA_SHIM_H
#define CREDITSTREAM_CLIBRDKAFKA_SHIM_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What Swift cannot call: variadic functions. Nothing else belongs here.
 */

/*
 * Enqueues one record, copying key and value.
 *
 * A length below zero means "null"; a length of zero means "empty", whatever the pointer.
 * `headers` may be NULL; it belongs to librdkafka after success and stays the caller's after an error.
 *
 * This goes through rd_kafka_producev() and not rd_kafka_produceva(), because the latter destroys the
 * caller's headers for an unknown partition before 2.12.0 (librdkafka #4627).
 */
static inline rd_kafka_resp_err_t clibrdkafka_produce(rd_kafka_t *client,
                                                      rd_kafka_topic_t *topic,
                                                      int32_t partition,
                                                      const void *key,
                                                      int64_t key_length,
                                                      const void *value,
                                                      int64_t value_length,
                                                      int64_t timestamp_ms,
                                                      rd_kafka_headers_t *headers) {
  static const char nothing = 0;
  void *key_bytes = key_length < 0 ? NULL : key_length == 0 ? (void *)&nothing : (void *)key;
  void *value_bytes = value_length < 0 ? NULL : value_length == 0 ? (void *)&nothing : (void *)value;
  size_t key_size = key_length < 0 ? 0 : (size_t)key_length;
  size_t value_size = value_length < 0 ? 0 : (size_t)value_length;
  return rd_kafka_producev(client,
                           RD_KAFKA_V_RKT(topic),
                           RD_KAFKA_V_PARTITION(partition),
                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                           RD_KAFKA_V_KEY(key_bytes, key_size),
                           RD_KAFKA_V_VALUE(value_bytes, value_size),
                           RD_KAFKA_V_TIMESTAMP(timestamp_ms),
                           RD_KAFKA_V_HEADERS(headers),
                           RD_KAFKA_V_END);
}

/* Makes one broker of a mock cluster answer the next request of a kind late, and with an error if given. */
static inline rd_kafka_resp_err_t clibrdkafka_mock_push_delay(rd_kafka_mock_cluster_t *cluster,
                                                              int32_t broker,
                                                              int16_t api_key,
                                                              rd_kafka_resp_err_t error,
                                                              int delay_ms) {
  return rd_kafka_mock_broker_push_request_error_rtts(cluster, broker, api_key, 1, error, delay_ms);
}

#endif
