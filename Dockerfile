# One image for every app: which one runs is the command. Postgres and Redis are servers of their own here (see
# docker-compose.yml); the embedded ones are for a clone, not for a container.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With optional packages: the bundler of the console is a native one.
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Neither the Prisma CLI nor embedded Postgres: migrations are applied by our own runner.
RUN npm ci --no-audit --no-fund --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production TOLLGATE_HOST=0.0.0.0 TOLLGATE_DATA_DIR=/data
RUN install -d -o node -g node -m 0700 /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY prisma/migrations ./prisma/migrations
USER node
VOLUME /data
CMD ["node", "dist/apps/gateway/src/main.js"]
