import { t as publish } from "./action7.js";

export { publish };