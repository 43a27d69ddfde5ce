import { t as doctor } from "./action3.js";

export { doctor };