import { a as runAction } from "./shared/run-action.js";
import { t as deploy } from "./shared/action.js";

// src/actions/deploy/main.ts
await runAction(deploy);

export {  };