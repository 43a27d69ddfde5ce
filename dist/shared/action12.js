import { n as withFetched, t as validateConfig } from "./action11.js";

export { validateConfig };