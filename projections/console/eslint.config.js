import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";

const nodeGlobals = Object.fromEntries(
  ["process", "console", "URL", "setTimeout", "clearTimeout"].map(name => [name, "readonly"]),
);

export default defineConfig(
  { ignores: ["dist/", "shots/", "target/"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      ts.configs.strictTypeChecked,
      ts.configs.stylisticTypeChecked,
      a11y.flatConfigs.strict,
      hooks.configs.flat.recommended,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-definitions": "off",
    },
  },
  { files: ["vite.config.ts"], rules: { "@typescript-eslint/dot-notation": "off" } },
  {
    files: ["dev/**", "**/*.test.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: nodeGlobals } },
  // what these hand to the page runs there
  {
    files: ["browser/*.mjs"],
    languageOptions: { globals: { document: "readonly", innerWidth: "readonly", performance: "readonly" } },
  },
  {
    files: ["public/*.js"],
    languageOptions: { globals: { document: "readonly", localStorage: "readonly", matchMedia: "readonly" } },
  },
  prettier,
);
