import { t as syn2masDryRun } from "./action9.js";

export { syn2masDryRun };