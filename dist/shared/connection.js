import { i as ToolkitError } from "./exec.js";
import { i as shellWords } from "./reading.js";
import { S as truthOf, w as shellWords$1 } from "./inventory-of.js";

// src/inventory/ssh-arguments.ts
const programsOf = {
	ansible_ssh_args: [
		"ssh",
		"sftp",
		"scp"
	],
	ansible_ssh_common_args: [
		"ssh",
		"sftp",
		"scp"
	],
	ansible_ssh_extra_args: ["ssh"],
	ansible_sftp_extra_args: ["sftp"],
	ansible_scp_extra_args: ["scp"]
};
const sshArgumentVariables = Object.keys(programsOf).filter(isSshArgumentVariable);
function isSshArgumentVariable(name) {
	return Object.hasOwn(programsOf, name);
}
const syntaxOf = {
	ssh: "1246ab:c:e:fgi:kl:m:no:p:qstvxAB:CD:E:F:GI:J:KL:MNO:PQ:R:S:TVw:W:XYy",
	sftp: "1246AafhNpqrvCc:D:i:l:o:s:S:b:B:F:J:P:R:X:",
	scp: "12346ABCTdfOpqRrstvD:F:J:M:P:S:c:i:l:o:X:"
};
const harmlessFlags = {
	ssh: "46CqvTxak",
	sftp: "46Cqv",
	scp: "46CqvO"
};
const flagOptions = {
	i: "identityfile",
	J: "proxyjump"
};
const programFlags = {
	ssh: "FI",
	sftp: "FSD",
	scp: "FSD"
};
const yesOrNo = /^(?:yes|no)$/i;
const no = /^no$/i;
const none = /^none$/i;
const time = /^\d[smhdw\d]*$/i;
const count = /^\d+$/;
const word = /^\w+$/;
const list = /^[+^-]?[\w@.,*-]+$/;
const path = /^[\w./~][\w./~+@-]*$/;
const hop = /(?:\w[\w.-]*@)?(?:[A-Za-z0-9][\w.-]*|\[[\da-f:.]+\])(?::\d+)?/i;
const hops = new RegExp(`^(?:none|${hop.source}(?:,${hop.source})*)$`, "i");
const harmless = [
	[yesOrNo, "BatchMode Compression ExitOnForwardFailure GSSAPIAuthentication HashKnownHosts IdentitiesOnly"],
	[yesOrNo, "KbdInteractiveAuthentication ChallengeResponseAuthentication PasswordAuthentication TCPKeepAlive"],
	[/^(?:yes|no|unbound|host-bound)$/i, "PubkeyAuthentication"],
	[/^(?:yes|no|auto|force)$/i, "RequestTTY"],
	[/^(?:yes|no|auto)$/i, "ControlMaster"],
	[/^(?:yes|no|\d[smhdw\d]*)$/i, "ControlPersist"],
	[/^(?:any|inet|inet6)$/i, "AddressFamily"],
	[time, "ConnectTimeout ServerAliveInterval"],
	[count, "ConnectionAttempts NumberOfPasswordPrompts ServerAliveCountMax RequiredRSASize"],
	[word, "LogLevel IPQoS RekeyLimit"],
	[list, "Ciphers MACs KexAlgorithms HostKeyAlgorithms PreferredAuthentications"],
	[list, "PubkeyAcceptedAlgorithms PubkeyAcceptedKeyTypes"],
	[path, "IdentityFile"],
	[hops, "ProxyJump"],
	[/^yes$/i, "StrictHostKeyChecking ClearAllForwardings"],
	[no, "VerifyHostKeyDNS UpdateHostKeys NoHostAuthenticationForLocalhost CanonicalizeHostname"],
	[no, "ForwardAgent ForwardX11 ForwardX11Trusted GSSAPIDelegateCredentials AddKeysToAgent"],
	[no, "PermitLocalCommand GatewayPorts Tunnel"],
	[none, "ProxyCommand KnownHostsCommand ControlPath"]
];
const programs = "ProxyCommand LocalCommand PermitLocalCommand KnownHostsCommand Include Match PKCS11Provider SmartcardDevice SecurityKeyProvider XAuthLocation";
const hostKeys = "StrictHostKeyChecking UserKnownHostsFile GlobalKnownHostsFile HostKeyAlias VerifyHostKeyDNS UpdateHostKeys NoHostAuthenticationForLocalhost RevokedHostKeys CheckHostIP CanonicalizeHostname CanonicalDomains CanonicalizePermittedCNAMEs CanonicalizeMaxDots CanonicalizeFallbackLocal CASignatureAlgorithms ControlPath";
const others = "HostName Port User Host BindAddress BindInterface CertificateFile DynamicForward EnableSSHKeysign EscapeChar ForkAfterAuthentication ForwardX11Timeout HostbasedAuthentication IdentityAgent IgnoreUnknown LocalForward PermitRemoteOpen ProxyUseFdpass RemoteCommand RemoteForward SendEnv SessionType SetEnv StdinNull StreamLocalBindMask StreamLocalBindUnlink SyslogFacility Tag TunnelDevice VisualHostKey";
const options = optionTable();
function optionTable() {
	const values = new Map(harmless.flatMap(([each, names]) => names.split(" ").map((name) => [name, each])));
	const kinds = new Map([
		...[...values.keys(), ...others.split(" ")].map((name) => [name, "other"]),
		...hostKeys.split(" ").map((name) => [name, "host-key"]),
		...programs.split(" ").map((name) => [name, "program"])
	]);
	return new Map([...kinds].map(([name, kind]) => [name.toLowerCase(), {
		name,
		kind,
		values: values.get(name)
	}]));
}
function readSshArguments(variable, text) {
	const words = shellWords$1(text, { comments: false })?.map(({ text: each }) => each.trim()).filter(Boolean);
	return words && {
		words,
		dangers: dangersIn(variable, words)
	};
}
function dangersInJinja(variable, source) {
	return dangersIn(variable, source.split(/\{[{%#]-?|-?[%#}]\}|['"\s]/).filter(Boolean)).filter(({ kind, isEmpty }) => kind !== "other" && !isEmpty);
}
function joinedArguments({ words }) {
	return shellWords(words);
}
function dangersIn(variable, words) {
	const all = programsOf[variable].flatMap((program) => readArguments(program, words).map((argument) => dangerOf(program, argument)).filter((danger) => danger !== void 0));
	return [...new Map(all.map((danger) => [`${danger.kind} ${danger.option}`, danger])).values()];
}
function readArguments(program, words) {
	const found = [];
	for (let at = 0; at < words.length; at += 1) {
		const text = words[at] ?? "";
		if (!/^-[^-]/.test(text)) {
			found.push({ word: text });
			continue;
		}
		for (let index = 1; index < text.length; index += 1) {
			const flag = text.charAt(index);
			if (!takesValue(program, flag)) {
				found.push({ flag });
				continue;
			}
			const rest = text.slice(index + 1);
			if (rest === "") at += 1;
			const value = rest === "" ? words[at] : rest;
			found.push(flag === "o" && value !== void 0 ? configLine(value) : {
				flag,
				...value && { value }
			});
			break;
		}
	}
	return found;
}
function takesValue(program, flag) {
	return /[A-Za-z0-9]/.test(flag) && syntaxOf[program].includes(`${flag}:`);
}
function configLine(text) {
	const [first, rest] = nextToken(text.replace(/(?<=^[\s\S]|[^ \t\r\n\f])[ \t\r\n\f]+$/, ""));
	const [keyword, value] = first === "" && rest !== "" ? nextToken(rest) : [first, rest];
	return {
		keyword: keyword.toLowerCase(),
		value: value.replace(/^[ \t\r\n]+/, "")
	};
}
function nextToken(text) {
	const [, before = "", delimiter = "", after = ""] = /^([^"= \t\r\n]*)(.?)([\s\S]*)$/s.exec(text) ?? [];
	if (delimiter === "\"") {
		const [closed, inside = "", rest = ""] = /^([^"]*)"[ \t\r\n]*([\s\S]*)$/.exec(after) ?? [];
		return closed === void 0 ? ["", ""] : [before + inside, rest];
	}
	const [, rest = ""] = (delimiter === "=" ? /^[ \t\r\n]*([\s\S]*)$/ : /^[ \t\r\n]*=?[ \t\r\n]*([\s\S]*)$/).exec(after) ?? [];
	return [before, rest];
}
function dangerOf(program, argument) {
	if ("word" in argument) return {
		kind: "other",
		option: void 0,
		isEmpty: false
	};
	if ("keyword" in argument) return dangerOfOption(argument.keyword, argument.value);
	const { flag, value } = argument;
	const option = flagOptions[flag];
	if (option !== void 0 && takesValue(program, flag)) return dangerOfOption(option, value ?? "");
	if (harmlessFlags[program].includes(flag)) return void 0;
	return {
		kind: programFlags[program].includes(flag) ? "program" : isSocket(program, flag) ? "host-key" : "other",
		option: syntaxOf[program].includes(flag) ? `-${flag}` : void 0,
		isEmpty: false
	};
}
function isSocket(program, flag) {
	return program === "ssh" && flag === "S";
}
function dangerOfOption(keyword, written) {
	const option = options.get(keyword);
	if (!option) return {
		kind: "other",
		option: void 0,
		isEmpty: false
	};
	const { name, kind, values } = option;
	const value = written.replace(/^"([^"]*)"$/, "$1");
	if (values?.test(value)) return void 0;
	return {
		kind,
		option: name,
		isEmpty: values !== void 0 && kind === "host-key" && value === ""
	};
}

// src/inventory/connection.ts
const connectionVariables = {
	address: ["ansible_host", "ansible_ssh_host"],
	port: ["ansible_port", "ansible_ssh_port"],
	user: ["ansible_user", "ansible_ssh_user"],
	become: ["ansible_become"],
	becomeUser: ["ansible_become_user"],
	connection: ["ansible_connection"]
};
function connectionVariable(host, names) {
	return names.map((name) => host.variable(name)).findLast(({ value }) => value !== void 0 && value.kind !== "null");
}
function isOpenSsh(connection) {
	return /^(?:(?:ansible\.(?:builtin|legacy)\.)?ssh|smart)$/.test(connection);
}
function connectionOf(host) {
	const find = (aliases) => connectionVariable(host, aliases);
	const text = (aliases, fallback) => {
		const variable = find(aliases);
		return variable ? plainText(variable) : fallback;
	};
	const names = connectionVariables;
	const address = find(names.address);
	const user = find(names.user);
	const become = find(names.become);
	const connection = text(names.connection, "ssh");
	if (connection !== "local" && !isOpenSsh(connection)) throw notOpenSsh(host);
	return {
		inventoryName: host.name,
		address: address ? matching(address, addresses, "an address") : host.name,
		port: portOf(find(names.port)),
		user: user ? matching(user, /^\w[\w.@+-]*$/, "a user name") : "root",
		become: become ? switchOf(become) : false,
		becomeUser: text(names.becomeUser, "root"),
		local: connection === "local",
		sshArguments: {
			ansible_ssh_common_args: argumentsOf(host, "ansible_ssh_common_args"),
			ansible_ssh_extra_args: argumentsOf(host, "ansible_ssh_extra_args"),
			ansible_sftp_extra_args: argumentsOf(host, "ansible_sftp_extra_args"),
			ansible_scp_extra_args: argumentsOf(host, "ansible_scp_extra_args")
		}
	};
}
const addresses = /^[\p{L}\p{N}_:[][\p{L}\p{N}_.:%[\]-]*$/u;
function notOpenSsh(host) {
	return refused(`The variable ansible_connection of ${host.name} is not ssh, so the pinned host keys would not apply.`, host.variable("ansible_connection").value?.place, "Set ansible_host and ansible_user, and remove ansible_connection.");
}
function argumentsOf(host, name) {
	const variable = host.variable(name);
	const { value } = variable;
	if (value === void 0 || value.kind === "null") return "";
	const read = value.kind === "string" ? readSshArguments(name, value.value) : void 0;
	if (!read) throw unusable(variable, value, "plain text with closed quotes");
	const [danger] = read.dangers;
	if (danger) throw refused(`The variable ${name} sets ${danger.option ?? "what is not an option of OpenSSH"}, which is not among the harmless options of ssh.`, value.place, `Remove it from ${name}. Set the address, the port and the user with ansible_host, ansible_port and ansible_user.`);
	return joinedArguments(read);
}
function plainText(variable) {
	const { value } = variable;
	if (value?.kind === "string" && value.value !== "") return value.value;
	if (value?.kind === "integer") return String(value.value);
	throw unusable(variable, value, "plain text");
}
function matching(variable, pattern, expected) {
	const text = plainText(variable);
	if (!pattern.test(text)) throw unusable(variable, variable.value, expected);
	return text;
}
function portOf(variable) {
	if (!variable) return 22;
	const port = Number(plainText(variable));
	if (!Number.isInteger(port) || port < 1 || port > 65535) throw unusable(variable, variable.value, "a port number");
	return port;
}
function switchOf(variable) {
	const { value } = variable;
	const truth = value && truthOf(value);
	if (typeof truth === "boolean") return truth;
	if (value?.kind === "string" && /^(?:false|no|off|0)$/i.test(value.value)) return false;
	throw unusable(variable, value, "`true` or `false`");
}
function unusable(variable, value, expected) {
	return new ToolkitError({
		reason: "inventory-unreadable",
		what: `The variable ${variable.name} is not ${expected}, so the server's SSH connection is unknown.`,
		...at(value?.place),
		remedy: `Set ${variable.name} to ${expected}, without Jinja and outside a vault.`
	});
}
function refused(what, place, remedy) {
	return new ToolkitError({
		reason: "input-invalid",
		what,
		...at(place),
		remedy
	});
}
function at(place) {
	return place ? { where: `${place.file}:${place.line}:${place.column}` } : {};
}

export { dangersInJinja as a, sshArgumentVariables as c, isOpenSsh as i, connectionVariable as n, isSshArgumentVariable as o, connectionVariables as r, readSshArguments as s, connectionOf as t };