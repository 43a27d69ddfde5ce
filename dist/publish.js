import { a as runAction } from "./shared/run-action.js";
import { t as publish } from "./shared/action7.js";

// src/actions/publish/main.ts
await runAction(publish);

export {  };