# Berth itself in a container. Build: docker build -t berth .   Run: deploy/compose.yaml
#
# The engine's socket is mounted in; whoever may write to it is root on the host, so the user in here is none, and gets
# at the socket by its group alone (--group-add, see deploy/compose.yaml).
ARG NODE_IMAGE=node:24-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /berth
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json prisma.config.ts vite.config.ts ./
COPY scripts/prisma.mjs scripts/dependencies.mjs scripts/bundle.mjs scripts/
COPY prisma prisma
COPY openapi openapi
COPY src src
RUN npm run build

FROM ${NODE_IMAGE} AS production
WORKDIR /berth
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM ${NODE_IMAGE}
# Build with  --build-arg VERSION=$(node -p "require('./package.json').version") --build-arg REVISION=$(git rev-parse HEAD)
# --build-arg CREATED=$(date -u +%FT%TZ) --build-arg SOURCE=$(git remote get-url origin)
ARG NODE_IMAGE
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Berth" \
      org.opencontainers.image.description="A control plane for the containers of one Docker host" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.documentation="${SOURCE}" \
      org.opencontainers.image.base.name="${NODE_IMAGE}"
# All interfaces of the container: what of it is published, and behind what, is decided where it is run.
ENV NODE_ENV=production \
    BERTH_HOST=0.0.0.0 \
    BERTH_INSECURE=behind-proxy \
    BERTH_DATA_DIR=/data
WORKDIR /berth
COPY --from=production /berth/node_modules node_modules
COPY --from=build /berth/dist dist
COPY package.json LICENSE ./
COPY prisma/migrations prisma/migrations
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/livez', { headers: { 'user-agent': 'berth-healthcheck' } }).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
