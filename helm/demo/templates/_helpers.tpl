{{/* The labels of a part, and what selects its pods: given the chart and the part's name. */}}
{{- define "demo.selector" -}}
app.kubernetes.io/name: demo-{{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end -}}

{{- define "demo.labels" -}}
{{ include "demo.selector" . }}
app.kubernetes.io/part-of: {{ (index . 0).Chart.Name }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
{{- end -}}

{{/* One broker that is its own controller, by the names that the official image reads. */}}
{{- define "demo.kafkaEnv" -}}
- { name: KAFKA_NODE_ID, value: "1" }
- { name: KAFKA_PROCESS_ROLES, value: "broker,controller" }
- { name: KAFKA_CONTROLLER_QUORUM_VOTERS, value: "1@localhost:9093" }
- { name: KAFKA_LISTENERS, value: "INSIDE://:9092,CONTROLLER://:9093" }
- { name: KAFKA_ADVERTISED_LISTENERS, value: "INSIDE://kafka:9092" }
- { name: KAFKA_LISTENER_SECURITY_PROTOCOL_MAP, value: "INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT" }
- { name: KAFKA_INTER_BROKER_LISTENER_NAME, value: INSIDE }
- { name: KAFKA_CONTROLLER_LISTENER_NAMES, value: CONTROLLER }
- { name: KAFKA_LOG_DIRS, value: /var/lib/kafka/data }
- { name: KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR, value: "1" }
- { name: KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS, value: "4" }
- { name: KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR, value: "1" }
- { name: KAFKA_TRANSACTION_STATE_LOG_MIN_ISR, value: "1" }
- { name: KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR, value: "1" }
- { name: KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR, value: "1" }
- { name: KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS, value: "0" }
- { name: KAFKA_AUTO_CREATE_TOPICS_ENABLE, value: "false" }
- { name: KAFKA_HEAP_OPTS, value: "-Xmx512m" }
{{- end -}}
