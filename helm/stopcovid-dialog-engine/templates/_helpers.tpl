{{- define "engine.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "engine.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "engine.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "engine.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "engine.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "engine.labels" -}}
app.kubernetes.io/name: {{ include "engine.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "engine.selector" -}}
app.kubernetes.io/name: {{ include "engine.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "engine.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "engine.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The four services, and the emulator where it is wanted: by their part of the values, app and name. */}}
{{- define "engine.services" -}}
ingress: { app: sms-ingress }
engine: { app: dialog-engine }
sender: { app: sms-sender }
tracker: { app: progress-tracker }
{{- if .Values.emulator.enabled }}
emulator: { app: carrier-emulator }
{{- end }}
{{- end -}}

{{/* The settings of a service: what it names itself over what all have. */}}
{{- define "engine.settings" -}}
{{- toYaml (mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values .key))) -}}
{{- end -}}

{{/*
What says how many replicas a service has: `hand`, `cpu`, or `lag` of its consumer group. Webhooks leave no lag, and more
senders send no faster than the account may.
*/}}
{{- define "engine.scaledBy" -}}
{{- $auto := .root.Values.autoscaling -}}
{{- if or (not $auto.enabled) (eq .key "emulator") -}}hand
{{- else if eq $auto.by "cpu" -}}cpu
{{- else -}}
{{- get (dict "ingress" "cpu" "engine" "lag" "sender" "hand" "tracker" "lag") .key -}}
{{- end -}}
{{- end -}}

{{/* Mebibytes of a quantity of memory such as 384Mi. */}}
{{- define "engine.mebibytes" -}}
{{- if hasSuffix "Gi" . -}}
{{- mul (trimSuffix "Gi" . | int) 1024 -}}
{{- else if hasSuffix "Mi" . -}}
{{- trimSuffix "Mi" . | int -}}
{{- else -}}
{{- fail (printf "resources.limits.memory is %s: write it in Mi or Gi, such as 384Mi" .) -}}
{{- end -}}
{{- end -}}

{{- define "engine.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef: { name: {{ .secret }}, key: {{ .key }} }
{{- end -}}

{{- define "engine.kafkaEnv" -}}
{{- with .Values.environment }}
- { name: DIALOG_ENVIRONMENT, value: {{ . | quote }} }
{{- end }}
- { name: KAFKA_BROKERS, value: {{ join "," .Values.kafka.brokers | quote }} }
- { name: KAFKA_SSL, value: {{ .Values.kafka.ssl | quote }} }
{{- with .Values.kafka.saslMechanism }}
- { name: KAFKA_SASL_MECHANISM, value: {{ . | quote }} }
{{ include "engine.secretEnv" (dict "name" "KAFKA_SASL_USERNAME" "secret" $.Values.kafka.existingSecret "key" $.Values.kafka.usernameKey) }}
{{ include "engine.secretEnv" (dict "name" "KAFKA_SASL_PASSWORD" "secret" $.Values.kafka.existingSecret "key" $.Values.kafka.passwordKey) }}
{{- end }}
{{- end -}}

{{- define "engine.mongoEnv" -}}
{{ include "engine.secretEnv" (dict "name" "MONGODB_URL" "secret" .Values.mongodb.existingSecret "key" .Values.mongodb.urlKey) }}
{{- end -}}

{{- define "engine.emulatorUrl" -}}
http://{{ include "engine.fullname" . }}-carrier-emulator
{{- end -}}

{{/* Where the carrier reaches sms-ingress; an emulated one does so within the cluster. */}}
{{- define "engine.publicUrl" -}}
{{- if .Values.emulator.enabled -}}
http://{{ include "engine.fullname" . }}-sms-ingress
{{- else -}}
{{- trimSuffix "/" .Values.publicUrl -}}
{{- end -}}
{{- end -}}

{{- define "engine.twilioEnv" -}}
- { name: TWILIO_ACCOUNT_SID, value: {{ .Values.twilio.accountSid | quote }} }
{{ include "engine.secretEnv" (dict "name" "TWILIO_AUTH_TOKEN" "secret" .Values.twilio.existingSecret "key" .Values.twilio.authTokenKey) }}
{{- if .Values.twilio.apiKeySidKey }}
{{ include "engine.secretEnv" (dict "name" "TWILIO_API_KEY_SID" "secret" .Values.twilio.existingSecret "key" .Values.twilio.apiKeySidKey) }}
{{ include "engine.secretEnv" (dict "name" "TWILIO_API_KEY_SECRET" "secret" .Values.twilio.existingSecret "key" .Values.twilio.apiKeySecretKey) }}
{{- end }}
{{- if or .Values.twilio.apiUrl .Values.emulator.enabled }}
- { name: TWILIO_API_URL, value: {{ default (include "engine.emulatorUrl" .) .Values.twilio.apiUrl | quote }} }
{{- end }}
{{- end -}}

{{- define "engine.drillsEnv" -}}
{{- if .Values.drills.url }}
- { name: DRILLS_URL, value: {{ .Values.drills.url | quote }} }
{{- else }}
- { name: DRILLS_DIR, value: {{ ternary "/drills" "/app/drills" (ne .Values.drills.configMap "") }} }
{{- end }}
{{- end -}}

{{- define "engine.serviceKeyEnv" -}}
{{ include "engine.secretEnv" (dict "name" .name "secret" .root.Values.apiKeys.existingSecret "key" .root.Values.apiKeys.serviceKeyKey) }}
{{- end -}}

{{- define "engine.tracingEnv" -}}
{{- with .Values.tracing.endpoint -}}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
- { name: OTEL_TRACES_SAMPLER_ARG, value: {{ $.Values.tracing.sampleRatio | quote }} }
- { name: OTEL_RESOURCE_ATTRIBUTES, value: {{ printf "service.version=%s,deployment.environment.name=%s" $.Chart.AppVersion $.Values.environment | quote }} }
{{- with $.Values.tracing.existingSecret }}
{{ include "engine.secretEnv" (dict "name" "OTEL_EXPORTER_OTLP_HEADERS" "secret" . "key" $.Values.tracing.headersKey) }}
{{- end }}
{{- end -}}
{{- end -}}

{{- define "engine.env.sms-ingress" -}}
{{ include "engine.kafkaEnv" . }}
{{ include "engine.mongoEnv" . }}
{{ include "engine.twilioEnv" . }}
- { name: PUBLIC_URL, value: {{ include "engine.publicUrl" . | quote }} }
- { name: INBOUND_SWEEP_MINUTES, value: "5" }
{{- end -}}

{{- define "engine.env.dialog-engine" -}}
{{ include "engine.kafkaEnv" . }}
{{ include "engine.mongoEnv" . }}
{{ include "engine.drillsEnv" . }}
- { name: BUDGETS_URL, value: "http://{{ include "engine.fullname" . }}-progress-tracker/v1/budgets/spent" }
{{ include "engine.serviceKeyEnv" (dict "name" "BUDGETS_KEY" "root" .) }}
- { name: PRESSURE_URL, value: "http://{{ include "engine.fullname" . }}-sms-sender/v1/pressure" }
{{ include "engine.serviceKeyEnv" (dict "name" "PRESSURE_KEY" "root" .) }}
{{- end -}}

{{- define "engine.env.sms-sender" -}}
{{ include "engine.kafkaEnv" . }}
{{ include "engine.mongoEnv" . }}
{{ include "engine.twilioEnv" . }}
{{ include "engine.drillsEnv" . }}
{{- with .Values.twilio.messagingServiceSid }}
- { name: TWILIO_MESSAGING_SERVICE_SID, value: {{ . | quote }} }
{{- end }}
{{- with .Values.twilio.from }}
- { name: TWILIO_FROM, value: {{ . | quote }} }
{{- end }}
- { name: STATUS_CALLBACK_URL, value: {{ printf "%s/webhooks/twilio/status" (include "engine.publicUrl" .) | quote }} }
{{- if .Values.emulator.enabled }}
- { name: MEDIA_BASE_URL, value: "http://127.0.0.1:4000/assets" }
{{- end }}
{{ include "engine.secretEnv" (dict "name" "API_KEYS" "secret" .Values.apiKeys.existingSecret "key" .Values.apiKeys.keysKey) }}
{{- end -}}

{{- define "engine.env.progress-tracker" -}}
{{ include "engine.kafkaEnv" . }}
{{ include "engine.mongoEnv" . }}
{{ include "engine.drillsEnv" . }}
{{ include "engine.secretEnv" (dict "name" "API_KEYS" "secret" .Values.apiKeys.existingSecret "key" .Values.apiKeys.keysKey) }}
{{- if .Values.records.existingSecret }}
{{ include "engine.secretEnv" (dict "name" "RECORDS_KEY" "secret" .Values.records.existingSecret "key" .Values.records.keyKey) }}
- { name: RECORDS_ISSUER_NAME, value: {{ .Values.records.issuerName | quote }} }
- { name: RECORDS_URL, value: {{ .Values.records.url | quote }} }
{{- with .Values.records.earlierKeys }}
- { name: RECORDS_EARLIER_KEYS, value: {{ join "," . | quote }} }
{{- end }}
{{- end }}
{{- with .Values.webhooks.existingSecret }}
{{ include "engine.secretEnv" (dict "name" "WEBHOOK_KEY" "secret" . "key" $.Values.webhooks.keyKey) }}
{{- end }}
{{- end -}}

{{- define "engine.env.carrier-emulator" -}}
- { name: ACCOUNT_SID, value: {{ .Values.twilio.accountSid | quote }} }
{{ include "engine.secretEnv" (dict "name" "AUTH_TOKEN" "secret" .Values.twilio.existingSecret "key" .Values.twilio.authTokenKey) }}
- { name: NUMBER, value: {{ .Values.twilio.from | quote }} }
- { name: WEBHOOK_URL, value: "{{ include "engine.publicUrl" . }}/webhooks/twilio#rc=5&rp=all" }
- { name: ASSETS_DIR, value: /app/drills/assets }
- { name: HINT_CODES, value: {{ join "," .Values.emulator.hintCodes | quote }} }
- { name: PROGRESS_URL, value: "http://{{ include "engine.fullname" . }}-progress-tracker" }
{{ include "engine.serviceKeyEnv" (dict "name" "PROGRESS_API_KEY" "root" .) }}
{{- end -}}

{{/* What a service is told, before what the values say of it: `app`, and `set`, the settings of its part. */}}
{{- define "engine.env" -}}
- { name: PORT, value: "3000" }
- { name: HOST, value: 0.0.0.0 }
- { name: SHUTDOWN_GRACE_MS, value: {{ mul .set.shutdownGraceSeconds 1000 | quote }} }
{{- with (.set.resources.limits).memory }}
- name: NODE_OPTIONS
  value: --max-old-space-size={{ div (mul (include "engine.mebibytes" . | int) $.set.heapPercent) 100 }}
{{- end }}
{{ include (printf "engine.env.%s" .app) .root | trim }}
{{ include "engine.tracingEnv" .root | trim }}
{{- end -}}

{{/* Who calls out of the cluster over HTTPS: carrier, webhooks, a bundle of drills, an identity provider's keys. */}}
{{- define "engine.callers" -}}
{{- $callers := list "sms-ingress" "sms-sender" "audit" "prices" -}}
{{- $tracker := index (include "engine.settings" (dict "root" . "key" "tracker") | fromYaml) "env" -}}
{{- if .Values.drills.url }}{{ $callers = concat $callers (list "dialog-engine" "progress-tracker") }}{{ end -}}
{{- if or .Values.webhooks.existingSecret (hasKey $tracker "JWKS_URL") }}{{ $callers = append $callers "progress-tracker" }}{{ end -}}
{{- toJson (uniq $callers) -}}
{{- end -}}

{{/* A pod of the command line: what every one has, whoever starts it. */}}
{{- define "engine.toolPod" -}}
restartPolicy: Never
serviceAccountName: {{ include "engine.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.defaults.podSecurityContext }}
securityContext: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* A container of the command line: `name`, its arguments, and what it is given beside Kafka and the database. */}}
{{- define "engine.toolContainer" -}}
name: {{ .name }}
image: {{ include "engine.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: {{- toJson (concat (list "tools/dialog/dist/main.js") .args) | nindent 2 }}
env:
  {{- include "engine.kafkaEnv" .root | trim | nindent 2 }}
  {{- include "engine.mongoEnv" .root | trim | nindent 2 }}
  - { name: DIALOG_WAIT_SECONDS, value: "600" }
  {{- with .env }}{{ . | trim | nindent 2 }}{{ end }}
resources: { requests: { cpu: 50m, memory: 128Mi }, limits: { memory: 256Mi } }
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* What cannot be left out, each with what would be right. */}}
{{- define "engine.check" -}}
{{- $needed := dict
  "kafka.brokers" (join "," .Values.kafka.brokers)
  "mongodb.existingSecret" .Values.mongodb.existingSecret
  "twilio.existingSecret" .Values.twilio.existingSecret
  "twilio.accountSid" .Values.twilio.accountSid
  "apiKeys.existingSecret" .Values.apiKeys.existingSecret
  "publicUrl" (include "engine.publicUrl" .) -}}
{{- $remedy := dict
  "kafka.brokers" "name at least one broker as host:port"
  "mongodb.existingSecret" "name a Secret whose `url` is the connection string"
  "twilio.existingSecret" "name a Secret whose `authToken` is the account's auth token"
  "twilio.accountSid" "it begins with AC"
  "apiKeys.existingSecret" "name a Secret with `keys` (name=key pairs) and `serviceKey` (one of the keys)"
  "publicUrl" "it is the https address by which Twilio reaches sms-ingress" -}}
{{- range $name := keys $needed | sortAlpha -}}
{{- if not (index $needed $name) -}}
{{- fail (printf "%s is missing: %s" $name (index $remedy $name)) -}}
{{- end -}}
{{- end -}}
{{- if and (not (hasPrefix "https://" .Values.publicUrl)) (not .Values.emulator.enabled) -}}
{{- fail "publicUrl must begin with https://: Twilio signs the address that it calls" -}}
{{- end -}}
{{- if not (or .Values.twilio.from .Values.twilio.messagingServiceSid) -}}
{{- fail "twilio.from or twilio.messagingServiceSid is missing: texts need a sender" -}}
{{- end -}}
{{- if and .Values.emulator.enabled (not .Values.twilio.from) -}}
{{- fail "twilio.from is missing: the emulator's phones text that number" -}}
{{- end -}}
{{- if and .Values.kafka.saslMechanism (not .Values.kafka.existingSecret) -}}
{{- fail "kafka.existingSecret is missing: kafka.saslMechanism needs a user and a password" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail "autoscaling.minReplicas is over autoscaling.maxReplicas" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (eq .Values.autoscaling.by "lag") (gt (int .Values.autoscaling.maxReplicas) (int .Values.kafka.topics.partitions)) -}}
{{- fail "autoscaling.maxReplicas is over kafka.topics.partitions: replicas without a partition have nothing to do" -}}
{{- end -}}
{{- if and .Values.ingressRoute.enabled (eq .Values.ingressRoute.kind "HTTPRoute") (not .Values.ingressRoute.parentRefs) -}}
{{- fail "ingressRoute.parentRefs is missing: an HTTPRoute names its Gateway, such as [{ name: public }]" -}}
{{- end -}}
{{- if and .Values.cronJobs.backup.schedule (not .Values.cronJobs.backup.claim) -}}
{{- fail "cronJobs.backup.claim is missing: name a PersistentVolumeClaim to which the topics are copied" -}}
{{- end -}}
{{- if and .Values.drills.url .Values.drills.configMap -}}
{{- fail "drills.url and drills.configMap are both set: the drills come from one place" -}}
{{- end -}}
{{- if and .Values.kafka.topics.create (not .Values.environment) -}}
{{- fail "environment is missing: name it (such as production), so that the Job and commands reach no other" -}}
{{- end -}}
{{- end -}}
