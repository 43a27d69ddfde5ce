import { t as validateConfig } from "./action.js";

export { validateConfig };