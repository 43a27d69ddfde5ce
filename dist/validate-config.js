import { a as runAction } from "./shared/run-action.js";
import { i as validateConfig } from "./shared/action11.js";

// src/actions/validate-config/main.ts
await runAction(validateConfig);

export {  };