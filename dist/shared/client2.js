import { n as createGitHubClient, t as asking } from "./client.js";

export { createGitHubClient };