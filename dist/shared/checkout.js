import { t as readCheckout } from "./checkout2.js";

export { readCheckout };