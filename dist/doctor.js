import { a as runAction } from "./shared/run-action.js";
import { t as doctor } from "./shared/action3.js";

// src/actions/doctor/main.ts
await runAction(doctor);

export {  };