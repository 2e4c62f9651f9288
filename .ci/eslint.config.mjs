import js from "@eslint/js";
import globals from "globals";

const unused = ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" }];

export default [
  { ignores: [".venv/", "**/node_modules/", "tests/**/*.js"] },
  js.configs.recommended,
  { files: ["vaultkit/**/*.js"], languageOptions: { globals: globals.browser }, rules: { "no-unused-vars": unused, "max-lines": ["error", 300], complexity: ["error", 40] } },
  { files: ["tests/**/*.mjs"], languageOptions: { globals: globals.node } },
];
