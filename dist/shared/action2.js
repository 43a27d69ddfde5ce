import { t as deploy } from "./action.js";

export { deploy };