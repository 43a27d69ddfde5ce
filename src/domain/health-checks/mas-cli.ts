import type { HealthChecks } from './health-check.ts'

/** Lines of `mas-cli doctor`. */
export const masCliChecks = {
  'issuer-not-https': {
    subject: "whether MAS's public address uses https",
    from: 'mas-cli',
    severity: 'warning',
    users: 'Apps refuse to log in over an unencrypted connection.',
    first:
      'Set only matrix_authentication_service_hostname, and let the reverse proxy of the playbook handle TLS.',
  },
  'well-known': {
    subject: 'whether the server itself sees the file /.well-known/matrix/client that MAS expects',
    from: 'mas-cli',
    severity: 'warning',
    users: 'Apps that look there for the authentication service find none, or find another one.',
    first:
      "Serve the file from /matrix/static-files on the server name (see the playbook's guide on server delegation), then run doctor again.",
  },
  'homeserver-unreachable': {
    subject: 'whether MAS reaches Synapse',
    from: 'mas-cli',
    severity: 'error',
    users: 'Logins fail, because MAS creates accounts and devices in Synapse.',
    first:
      'Check that matrix-synapse is running (`systemctl status matrix-synapse`). If it is, remove matrix_authentication_service_config_matrix_endpoint from the vars, whose default is correct, and deploy.',
  },
  'invalid-token-accepted': {
    subject: 'whether the homeserver that MAS sees rejects an invalid access token',
    from: 'mas-cli',
    severity: 'error',
    users: 'The service at this address lets anyone act as any user.',
    first:
      "If doctor/unknown-token fails too, take the server off the network. Otherwise, find out which service answers at `matrix.endpoint` of MAS's configuration.",
  },
  'mas-unreachable-from-synapse': {
    subject: 'whether Synapse reaches MAS',
    from: 'mas-cli',
    severity: 'error',
    users: 'Synapse rejects every request of a user.',
    first:
      'Check that matrix-authentication-service is running and that both sides have the same secret, then deploy again.',
  },
  'api-of-synapse': {
    subject: 'whether MAS may use the Synapse API that creates accounts and devices',
    from: 'mas-cli',
    severity: 'error',
    users: 'Logins fail, and sessions that end in MAS stay open in Synapse.',
    first:
      'Deploy again so that both have the same secret. Status 403 means a wrong secret, 404 a Synapse that does not delegate.',
  },
  'compatibility-login': {
    subject: 'whether logins from apps without OpenID Connect reach MAS',
    from: 'mas-cli',
    severity: 'error',
    users: 'Users of most apps get an error, or log in to the wrong service.',
    first:
      'Check that the reverse proxy routes /_matrix/client/*/login, logout and refresh to MAS, with Traefik by the labels of the playbook, otherwise by its own configuration.',
  },
  'answer-unexpected': {
    subject: 'how the homeserver that MAS sees answers an invalid access token',
    from: 'mas-cli',
    severity: 'warning',
    users: 'It is unknown. Synapse should reject the token with HTTP 401.',
    first:
      "Read the log on the server: `journalctl -u matrix-synapse`. If doctor/unknown-token passes, another service answers at `matrix.endpoint` of MAS's configuration.",
  },
  'compatibility-login-not-seen': {
    subject: 'whether mas-cli doctor could check the route of logins',
    from: 'mas-cli',
    severity: 'notice',
    users:
      'This alone does not affect users: mas-cli doctor got no well-known file from the public address, so it asked Synapse directly, whose built-in login is off.',
    first:
      'From another network, run `curl https://MATRIX_HOST/_matrix/client/v3/login`. It must list the login flows of MAS, not answer 404.',
  },
  unrecognised: {
    subject: 'whether this toolkit knows every line of mas-cli doctor',
    from: 'mas-cli',
    severity: 'error',
    users: 'It is unknown. A newer MAS may have more checks.',
    first:
      'Read the message. For its other lines, run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  },
  'mas-cli-doctor': {
    subject: 'whether mas-cli doctor finishes',
    from: 'mas-cli',
    severity: 'error',
    users:
      'They probably cannot log in: mas-cli doctor stops early if it cannot read its configuration or if MAS is not running.',
    first:
      'Check that matrix-authentication-service is running, then run `/matrix/matrix-authentication-service/bin/mas-cli doctor` on the server.',
  },
} as const satisfies HealthChecks
