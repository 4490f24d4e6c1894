# The control plane and the pages it serves.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY backend/package.json backend/
COPY backend/contract/package.json backend/contract/
COPY frontend/package.json frontend/
COPY e2e/package.json e2e/
RUN npm ci --include=dev

FROM packages AS build
COPY tsconfig.json ./
COPY scripts/copy-lua.mjs scripts/
COPY scripts/lib/manual scripts/lib/manual
COPY docs/manual docs/manual
COPY backend backend
COPY frontend frontend
RUN npm run build

# What runs needs neither compilers nor the browser's libraries, which are in the built page.
FROM packages AS runtime-packages
RUN rm -rf node_modules && npm ci --omit=dev --workspace=@tsunagu/backend --workspace=@tsunagu/contract

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production RUNTIME_DIR=/data
COPY --from=runtime-packages /app/package.json ./
COPY --from=runtime-packages /app/node_modules node_modules
COPY --from=build /app/backend/package.json backend/
COPY --from=build /app/backend/dist backend/dist
COPY --from=build /app/backend/contract/package.json backend/contract/
COPY --from=build /app/backend/contract/dist backend/contract/dist
COPY --from=build /app/frontend/dist frontend/dist
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
# The certificate is for browsers; from here to ourselves it proves nothing.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "-e", "require('node:https').get({ port: process.env.PORT || 3000, path: '/healthz', rejectUnauthorized: false }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
CMD ["node", "backend/dist/main.js"]
