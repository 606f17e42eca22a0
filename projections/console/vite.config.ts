import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fixtures } from "./dev/plugin.ts";

/** Where the backend answers, for `npm run dev:backend`. */
const backend = process.env["CREMA_CONSOLE_BACKEND"] ?? "http://127.0.0.1:8080";

export default defineConfig(({ mode }) => ({
  plugins: mode === "fixtures" ? [react(), fixtures()] : [react()],
  server: { host: "127.0.0.1", proxy: mode === "fixtures" ? {} : { "/api": backend } },
  preview: { host: "127.0.0.1", proxy: {} },
  build: {
    target: "es2023",
    outDir: process.env["CREMA_CONSOLE_OUT"] ?? "dist",
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "charts", test: /node_modules[\\/](echarts|zrender)[\\/]/ },
            { name: "react", test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
            { name: "components", test: /node_modules[\\/](@mantine|@floating-ui|@tanstack)[\\/]/ },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["{src,dev}/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    setupFiles: ["dev/test-setup.ts"],
  },
}));
