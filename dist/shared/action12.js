import { t as validateConfig } from "./action11.js";

export { validateConfig };