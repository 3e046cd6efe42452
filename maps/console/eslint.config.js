import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const EFFECT = {
  selector: "CallExpression[callee.name=/^use(Layout)?Effect$/]",
  message: "Effects belong to map, live and clock; derive, or answer the event.",
};
const INTL = {
  selector: "NewExpression[callee.object.name='Intl']",
  message: "Only words/format formats dates and numbers.",
};

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts", "*.cjs"] },
  js.configs.recommended,
  { files: ["**/*.{ts,tsx}"], extends: [...tseslint.configs.recommendedTypeChecked] },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 150 }],
      complexity: ["error", 14],
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/map/**", "src/live/**", "src/clock/**"],
    rules: { "no-restricted-syntax": ["error", EFFECT, INTL] },
  },
  { files: ["src/words/format.ts"], rules: { "no-restricted-syntax": ["error", EFFECT] } },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/api/**"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Only api/ calls the server." }] },
  },
  { files: ["src/**/*.test.{ts,tsx}"], rules: { "max-lines-per-function": "off" } },
);
