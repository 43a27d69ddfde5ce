import { t as runAction } from "./shared/run-action.js";
import { t as validateConfig } from "./shared/action.js";

// src/actions/validate-config/main.ts
runAction(validateConfig).then(() => process.exit());

export {  };