# One image for the four services, the carrier emulator and the command line: its arguments say which.
#   docker build -t stopcovid-dialog-engine .
#   docker run --rm stopcovid-dialog-engine tools/dialog/dist/main.js --help
# Where images cannot be pulled, name a local one with Node and npm: --build-arg NODE_IMAGE=local/node:20-bookworm
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && node node_modules/typescript-7/bin/tsc -b \
      apps/sms-ingress apps/dialog-engine apps/sms-sender apps/progress-tracker apps/carrier-emulator tools/dialog \
 && node apps/console/build.mjs \
 && npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# What runs: package files, what was built, pictures and drills; no sources, no specs.
RUN mkdir -p /out/app \
 && cp -r package.json LICENSE node_modules drills /out/app/ \
 && for part in apps/sms-ingress apps/dialog-engine apps/sms-sender apps/progress-tracker apps/carrier-emulator \
      apps/console libs/* tools/dialog; do \
      mkdir -p "/out/app/$part" \
      && cp -r "$part/package.json" "$part/dist" "/out/app/$part/" \
      && if [ -d "$part/public" ]; then cp -r "$part/public" "/out/app/$part/"; fi; \
    done \
 && find /out/app/apps /out/app/libs /out/app/tools -name '*.spec.*' -delete \
 && find /out/app/apps /out/app/libs /out/app/tools -name '*.tsbuildinfo' -delete

# What Node reads of no package: source maps, types, and pages to read, but for the licences.
RUN find /out/app -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) \
      ! -iname '*licen[cs]e*' ! -iname '*notice*' ! -path '/out/app/drills/*' -delete

# Node itself with the libraries that it links: the last stage has no shell, no npm and no package manager.
RUN for file in $(ldd "$(command -v node)" | grep -o '/[^ ]*'); do cp -L --parents "$file" /out; done \
 && mkdir -p /out/usr/local/bin /out/etc/ssl/certs /out/tmp \
 && cp -L "$(command -v node)" /out/usr/local/bin/node \
 && if [ -e /etc/ssl/certs/ca-certificates.crt ]; then cp -L /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/; fi \
 && echo 'app:x:65532:65532:app:/app:/sbin/nologin' > /out/etc/passwd \
 && echo 'app:x:65532:' > /out/etc/group \
 && chmod 1777 /out/tmp

FROM scratch
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="StopCOVID Dialog Engine" \
      org.opencontainers.image.description="Training over text messages: one short interactive drill a day, by SMS." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /out /
WORKDIR /app
ENV NODE_ENV=production PATH=/usr/local/bin
USER 65532:65532
EXPOSE 3000
ENTRYPOINT ["/usr/local/bin/node"]
CMD ["tools/dialog/dist/main.js", "--help"]
