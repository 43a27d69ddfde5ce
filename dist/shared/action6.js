import { t as migrate } from "./action5.js";

export { migrate };