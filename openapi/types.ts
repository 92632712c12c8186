/** Generated from openapi.json by `npm run client`: change the routes instead of this file. */

export interface paths {
    readonly "/v1/containers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List containers
         * @description Newest first. A container must match all filters. Needs the role viewer or more.
         */
        readonly get: operations["listContainers"];
        readonly put?: never;
        /**
         * Declare a container
         * @description Stores the definition durably; the reconciler then creates the container. Like `docker run -d`. Needs the role operator or more.
         */
        readonly post: operations["createContainer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a container
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getContainer"];
        /**
         * Declare or replace a container
         * @description A definition equal to the current one changes nothing and keeps its generation. Needs the role operator or more.
         */
        readonly put: operations["putContainer"];
        readonly post?: never;
        /**
         * Remove a container
         * @description Stops and removes the container on the engine, frees its host ports, then deletes the definition. Needs the role operator or more.
         */
        readonly delete: operations["deleteContainer"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Patch a container
         * @description A JSON merge patch (RFC 7396): null resets a field to its default; lists are replaced as a whole. Needs the role operator or more.
         */
        readonly patch: operations["patchContainer"];
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Start a container
         * @description Sets the desired state to running. A container that has exited is started again. Like `docker start`. Needs the role operator or more.
         */
        readonly post: operations["startContainer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Stop a container
         * @description Sets the desired state to stopped. Like `docker stop`. Needs the role operator or more.
         */
        readonly post: operations["stopContainer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/restart": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Restart a container
         * @description Restarts the container once, on the same host ports. Like `docker restart`. Needs the role operator or more.
         */
        readonly post: operations["restartContainer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/plan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Plan an apply
         * @description Runs every check of an apply and changes nothing. `actions` lists the steps in their order; `interrupted` lists the running containers that would be stopped, restarted or replaced, including recipients of links. Needs the role operator or more.
         */
        readonly post: operations["planContainers"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/apply": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Apply definitions
         * @description Stores all definitions in one transaction, or none. Their order does not matter: they may link to each other and swap host ports. With `prune`, definitions that belong to the `set` but are missing from the request are removed; no others ever are. Needs the role operator or more.
         */
        readonly post: operations["applyContainers"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/adopt": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Adopt a container
         * @description Takes over a container that already runs on the engine, without restarting it: derives a definition that describes it, and keeps its host ports. Settings that a definition does not support would be lost at the first replacement (`would-interrupt`); `force` adopts the container anyway. First adopt the containers that it links to. A stopped container stays stopped. `changed` lists settings that every container of Berth has (a process limit, log rotation, `no-new-privileges`): this one gets them at its next change or replacement, and they need no `force`. Needs the role operator or more.
         */
        readonly post: operations["adoptContainer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/import/docker-run": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Import a docker run command
         * @description Returns the definition for the command line. `unsupported` lists every unsupported flag with the reason. The line is split as a POSIX shell splits it, with the variables in `env`; anything that a shell would execute is rejected, and the error gives its position. podman and nerdctl commands follow the same rules. With `apply` the definition is stored as by POST /v1/containers; without --name Berth generates a name. Needs the role operator or more.
         */
        readonly post: operations["importDockerRun"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/import/compose": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Import a Compose file
         * @description Returns the definitions for the file, following the Compose specification. `unsupported` lists every unsupported setting with its place and the reason. Faults have a line and column. Containers are named after the set and the service (`shop-db`), unless `container_name` is set or the set already has a definition for the service. Services reach each other by their service names on a network of the project, as with Docker Compose. With `apply` all definitions are stored in one transaction, in the set of the project. Needs the role operator or more.
         */
        readonly post: operations["importCompose"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/export/compose": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Export definitions as a Compose file
         * @description The file works with Docker Compose and can be imported again. Services have their definitions' names; container names, networks, volumes and picked host ports are written out, so that they stay the same. Settings that Compose does not support are under `x-berth`. The file contains the values of variables. Needs the role operator or more.
         */
        readonly get: operations["exportCompose"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/runs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the runs of a job
         * @description Newest first: all that wait or are under way, and the last 50 that have ended. Needs the role viewer or more.
         */
        readonly get: operations["listRuns"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/run": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Start a run of a job now
         * @description Stores the request; the run then starts as soon as it may. It waits for a run that is under way, unless the schedule has concurrency allow. Needs the role operator or more.
         */
        readonly post: operations["runJob"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/links": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the links of a container
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getLinks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/env": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the environment of a container
         * @description The environment that a process in the container gets, including link variables. As text it is the output of `docker exec NAME env`. For a viewer, values are hidden, except those that tell where a link leads. Needs the role viewer or more.
         */
        readonly get: operations["getEnv"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/hosts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the /etc/hosts of a container
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getHosts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/inspect": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Inspect a container
         * @description The engine's unchanged answer, like `docker inspect`. Needs the role viewer or more.
         */
        readonly get: operations["inspectContainer"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/ports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the host ports of a container
         * @description As text/plain, the response is exactly the output of `docker port NAME`. Needs the role viewer or more.
         */
        readonly get: operations["getPorts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/ports/{port}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the host ports of a container port
         * @description Assumes TCP. As text/plain, the response is exactly the output of `docker port NAME PORT`. Needs the role viewer or more.
         */
        readonly get: operations["getPort"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/ports/{port}/{protocol}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the host ports of a container port
         * @description As text/plain, the response is exactly the output of `docker port NAME PORT/PROTOCOL`. Needs the role viewer or more.
         */
        readonly get: operations["getPortOfProtocol"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List host port claims
         * @description Every claim on a host port with its owner, bound or not. With hostPort the response also tells whether that port is free. Needs the role viewer or more.
         */
        readonly get: operations["listPorts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/networks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List networks
         * @description Declared networks, and those that containers name, by name. The default bridge is not one of them. Needs the role viewer or more.
         */
        readonly get: operations["listNetworks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/networks/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a network
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getNetwork"];
        /**
         * Declare or change a network
         * @description A bridge network with a subnet of its own, on which containers keep their addresses. The engine can change nothing of an existing network: if containers are on it, a change needs recreate. Needs the role operator or more.
         */
        readonly put: operations["putNetwork"];
        readonly post?: never;
        /**
         * Delete a network
         * @description Removes the network from the engine, then forgets it. An external network stays on the engine. Needs the role operator or more.
         */
        readonly delete: operations["deleteNetwork"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/addresses": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List addresses
         * @description Every reserved address with its owner, and those of unmanaged containers on the same networks, by network and address. Needs the role viewer or more.
         */
        readonly get: operations["listAddresses"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/logs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the logs of a container
         * @description Like `docker logs`. As text/event-stream each line is an event `stdout` or `stderr`, and the last event is `end`: the container stopped or was replaced. A line of more than 64 Ki characters is split. Needs the role viewer or more.
         */
        readonly get: operations["getLogs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/links/{alias}/check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Check a link
         * @description Tests the link from inside its recipient and changes nothing. A short-lived container joins the recipient's network, so the recipient's image needs no tools. It resolves the alias and tries every port that the source exposes or publishes: TCP with a connection, UDP with a DNS question. A UDP port that stays silent is inconclusive. Needs the role operator or more.
         */
        readonly post: operations["checkLink"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/ports/check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Check the host ports of a container
         * @description Tests every published port and changes nothing. A short-lived container in the host's network connects to each host port and to the container directly; a second one, on the container's network, tests whether the host forwards. This distinguishes missing firewall rules from a program that is not listening. UDP ports get a DNS question: an answer means reachable, silence is inconclusive. Firewalls between the host and its clients, and host rules that match their addresses, are not tested. If a bound port is unreachable, the condition PortsBound becomes False with the reason `PortUnreachable`. Needs the role operator or more.
         */
        readonly post: operations["checkPorts"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/topology": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the topology
         * @description Ports and links as a graph, built from Berth's own state, so it works while the engine is not reachable. Edges lead from a recipient to its source, and from a host port to its container. `set` or `name` selects containers, together with everything at most `depth` links away. The Accept header selects JSON, Mermaid, Graphviz or SVG. The SVG has the `id`s of the nodes and edges, links to `#/containers/NAME`, the text colour of its surroundings, and these classes: `ready`, `not-ready`, `unknown`, `foreign`, `missing` on nodes; `resolved`, `stale`, `waiting`, `missing`, `bound`, `unbound`, `unknown` on edges. Needs the role viewer or more.
         */
        readonly get: operations["getTopology"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the resource usage of a container
         * @description Like `docker stats`: CPU, memory, network, block I/O and processes. `cpu.percent` counts one CPU as 100, so 200 means two CPUs; it is null in the first event of a stream. The engine needs one to two seconds for a reading. With follow an event `stats` comes every second, and the last event is `end`: the container stopped. `memory` and `network` are null if the host does not count them. Needs the role viewer or more.
         */
        readonly get: operations["getStats"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/containers/{name}/exec": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Run a command in a container
         * @description Like `docker exec`, without input. The response keeps 1 MiB of each stream and drops the rest. As text/event-stream nothing is dropped: each line is an event `stdout` or `stderr`, and the last event is `exit`. When the time limit is reached or the client disconnects, Berth kills the command and its child processes. Engines can't do this, so the container's own shell does it, and finds them by the variable BERTH_EXEC in their environment. In an image without a shell the command keeps running (`stillRunning`). A user that the container lacks is a 422. If a command can't be started for another reason, the exit code is 126 or 127 and stdout has the engine's reason. Changes that a command makes inside the container are lost at the next replacement; they don't count as drift. An Idempotency-Key is not exact here: if the server dies before it replies, the same request runs the command again. Needs the role operator or more.
         */
        readonly post: operations["execInContainer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List images
         * @description All images on the engine, newest first. Needs the role viewer or more.
         */
        readonly get: operations["listImages"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/disk": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show disk use
         * @description Use of the engine's disk by images, volumes, containers and logs. Measuring volumes can take seconds. Needs the role viewer or more.
         */
        readonly get: operations["diskUsage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/images/pull": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Pull an image
         * @description You never need this: Berth pulls the images that definitions name. As text/event-stream each layer reports its progress in `progress` events (a slow client gets only the newest of each layer); the last event is `done`, or `error` with the problem. As application/json there is one answer once the image is present. The pull ends if the client disconnects; other pulls of the same image continue. Needs the role operator or more.
         */
        readonly post: operations["pullImage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List registries with credentials
         * @description Needs the role admin.
         */
        readonly get: operations["listRegistries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/registries/{host}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show whether a registry has credentials
         * @description Needs the role admin.
         */
        readonly get: operations["getRegistry"];
        /**
         * Store credentials of a registry
         * @description Used for every pull from this registry from now on; pulls that wait for their next try start at once. Stored encrypted by a key outside the database (BERTH_SECRETS_KEY_FILE), and never returned. Needs the role admin.
         */
        readonly put: operations["putRegistry"];
        readonly post?: never;
        /**
         * Remove credentials of a registry
         * @description Needs the role admin.
         */
        readonly delete: operations["deleteRegistry"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/secrets": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List secrets
         * @description Needs the role viewer or more.
         */
        readonly get: operations["listSecrets"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/secrets/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a secret without its value
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getSecret"];
        /**
         * Store a secret
         * @description Stored encrypted by a key outside the database, and never returned. Another value is a new version: every container that uses the secret gets its next generation and is replaced; dryRun shows the plan. Needs the role operator or more.
         */
        readonly put: operations["putSecret"];
        readonly post?: never;
        /**
         * Delete a secret
         * @description Needs the role operator or more.
         */
        readonly delete: operations["deleteSecret"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List webhooks
         * @description Needs the role admin.
         */
        readonly get: operations["listWebhooks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a webhook
         * @description Needs the role admin.
         */
        readonly get: operations["getWebhook"];
        /**
         * Declare a webhook
         * @description Events from now on are sent to the target, each at least once and in their order, past no failed one: an event is tried 15 times with growing intervals, then it is kept as dead and the next one is sent. A changed webhook continues where it was. URL and secret are stored encrypted (BERTH_SECRETS_KEY_FILE) and never returned. Needs the role admin.
         */
        readonly put: operations["putWebhook"];
        readonly post?: never;
        /**
         * Remove a webhook
         * @description Removes its kept deliveries as well. Needs the role admin.
         */
        readonly delete: operations["deleteWebhook"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{name}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List deliveries that failed
         * @description Deliveries that failed for good, and those of them that are sent again, oldest first. The newest 500 of each webhook are kept. Needs the role admin.
         */
        readonly get: operations["listWebhookDeliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{name}/resend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send failed deliveries again
         * @description Sends each once, before newer events. One that fails again is dead again. Needs the role admin.
         */
        readonly post: operations["resendWebhookDeliveries"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{name}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a test event
         * @description Sends a test event once, and waits for the outcome for at most ten seconds. Needs the role admin.
         */
        readonly post: operations["testWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/engine": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the container engine
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getEngine"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List events
         * @description Oldest first; Berth keeps the newest 10,000. As text/event-stream the response continues with new events, and resumes after Last-Event-ID (or ?after). If events were dropped in between, it sends `reset` and resumes at the oldest one that is kept: reload the definitions then. Needs the role viewer or more.
         */
        readonly get: operations["listEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/migrate/links": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Move links off the default bridge
         * @description Docker announces that version 30 removes links on the default bridge. From this request on, definitions on `bridge` that have links, or that others link to, run on the network `berth-links`, with the same names, lines in `/etc/hosts` and variables. Sources are replaced first, then each recipient once. The definitions stay as they are, and `status.runsOn` shows the network. Berth does the same by itself when the engine is upgraded. The move is stored, can be repeated without effect, and can't be undone. Needs the role operator or more.
         */
        readonly post: operations["migrateLinks"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policy": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the active policy
         * @description The limits on definitions, and the existing definitions that violate them. A stricter policy stops no container, but the next change of a definition has to comply with it. Needs the role viewer or more.
         */
        readonly get: operations["getPolicy"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policy/reload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Reload the policy
         * @description Reads the policy file again, as SIGHUP does. If the file is not valid, the previous policy stays active. Without a file the default policy applies. Needs the role admin.
         */
        readonly post: operations["reloadPolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/secrets-key": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show the keys that seal secrets
         * @description Needs the role admin.
         */
        readonly get: operations["getSecretsKey"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/secrets-key/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Seal all secrets with the newest key
         * @description Reads the key file again and seals every stored value with its first key, in one transaction. To rotate, put a new key in the first line, call this, and keep the old key as long as backups from before are needed. Needs the role admin.
         */
        readonly post: operations["rotateSecretsKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/backup": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Download a backup
         * @description A consistent copy of the database as one SQLite file, taken without interrupting work: definitions, host ports, events and kept answers. It contains the values of variables, so keep it as safe as the database. Example: `curl -fOJ …/v1/backup` Needs the role admin.
         */
        readonly get: operations["getBackup"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show the pause after a restore
         * @description After a restore the reconciler is paused: Berth changes nothing on the engine until the restore is released. The response shows the plan that a release would run, the orphaned containers of this instance (`strays`), and the definitions whose container was made from a later generation (`later`). Needs the role viewer or more.
         */
        readonly get: operations["getRestore"];
        readonly put?: never;
        /**
         * Restore a backup
         * @description Checks the file, migrates it if an earlier version made it, and replaces all definitions with those of the backup, in one transaction. **Berth changes nothing on the engine** until POST /v1/restore/release; GET /v1/restore shows what would change. Events and settings of this server are kept. At most 256 MiB. Example: `curl -f -X POST …/v1/restore -H "content-type: application/vnd.sqlite3" -T FILE` Needs the role admin.
         */
        readonly post: operations["restoreBackup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/restore/release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Release a restore
         * @description Resumes the reconciler. Definitions whose container has a later generation get the generation after it. `strays: "remove"` also removes the orphaned containers that GET /v1/restore lists; by default they stay untouched. Needs the role admin.
         */
        readonly post: operations["releaseRestore"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List tokens
         * @description Needs the role admin.
         */
        readonly get: operations["listTokens"];
        readonly put?: never;
        /**
         * Create a token
         * @description The response contains the secret. It is shown only this once, so store it. With an Idempotency-Key, the same request returns it again for 24 hours: Berth keeps the answer encrypted with that key. Needs the role admin.
         */
        readonly post: operations["createToken"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/tokens/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Revoke a token
         * @description The token is rejected from now on, and its open streams end. Needs the role admin.
         */
        readonly delete: operations["revokeToken"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/tokens/self": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Show the current token
         * @description Needs the role viewer or more.
         */
        readonly get: operations["getOwnToken"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/livez": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Check liveness */
        readonly get: operations["getLiveness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Check readiness */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get metrics for Prometheus
         * @description Metrics of requests, the queue, the reconciler, the engine calls and the process. Of the containers, up to 100 that are not ready are named. Needs the role viewer or more.
         */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/problems": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List all problems */
        readonly get: operations["listProblems"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/problems/{code}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Explain a problem */
        readonly get: operations["getProblem"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface webhooks {
    readonly event: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Receive an event
         * @description Sent to the URL of each webhook of the format `cloudevents`. The signature is `v1,` and the HMAC-SHA256 of `webhook-id.webhook-timestamp.body` in base64, as in Standard Webhooks. Every answer from 200 to 299 accepts the event; any other is repeated. An event may arrive more than once, always with the same id.
         */
        readonly post: operations["receiveEvent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Problem details, RFC 9457. */
        readonly Problem: {
            /**
             * Format: uri-reference
             * @description Page that explains this kind of problem.
             */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            /** @description The problem and its remedy, in one or two sentences. */
            readonly detail: string;
            /** @description Path of the request. */
            readonly instance: string;
            /**
             * @description Stable code, for programs.
             * @enum {string}
             */
            readonly code: "invalid-body" | "invalid-parameter" | "unauthenticated" | "forbidden" | "foreign-origin" | "misdirected" | "too-many-requests" | "invalid-definition" | "not-importable" | "invalid-backup" | "not-found" | "policy-denied" | "invalid-policy" | "invalid-secrets-key" | "image-not-found" | "port-not-published" | "idempotency-mismatch" | "method-not-allowed" | "not-acceptable" | "request-timeout" | "name-taken" | "port-claimed" | "address-unavailable" | "network-in-use" | "in-use" | "not-running" | "logs-unavailable" | "not-adoptable" | "would-interrupt" | "other-instance" | "not-held" | "links-unsupported" | "idempotency-in-flight" | "cursor-expired" | "stale-generation" | "payload-too-large" | "unsupported-media-type" | "too-large-to-draw" | "headers-too-large" | "internal" | "probe-unavailable" | "busy" | "pull-failed" | "shutting-down" | "engine-unavailable" | "storage-unavailable";
            /** @description Also in the log and in X-Request-Id. */
            readonly requestId: string;
            /** @description All faults of the request. */
            readonly errors?: readonly {
                /** @enum {string} */
                readonly in: "body" | "query" | "path" | "header" | "file";
                /** @description JSON pointer (RFC 6901) into that part of the request, or into the file in question. */
                readonly pointer: string;
                readonly message: string;
            }[];
        };
        /** @description One -p: a container port and where it is published on the host. */
        readonly PortMapping: {
            /** @description IPv4 or IPv6 address. Absent: all interfaces, 0.0.0.0 and ::. */
            readonly hostIp?: string;
            /** @description Absent or 0: Berth picks a port and keeps it. */
            readonly hostPort?: number;
            /**
             * @description Pick the lowest free port of this range instead of one from the configured range.
             * @example 8000-8010
             */
            readonly hostPortRange?: string;
            /** @description The port inside the container. */
            readonly containerPort: number;
            /**
             * @default tcp
             * @enum {string}
             */
            readonly protocol?: "tcp" | "udp" | "sctp";
        };
        /** @description One --link. */
        readonly Link: {
            /** @description The source: the container to link to. */
            readonly container: string;
            /** @description Name of the source inside the recipient. By default the source's own name. */
            readonly alias?: string;
            /**
             * @description What the recipient's environment gets: everything, everything except the source's own environment, or nothing.
             * @default all
             * @enum {string}
             */
            readonly env?: "all" | "address" | "none";
        };
        /** @description A container that has to meet a condition before this one starts. */
        readonly Dependency: {
            /** @description The container that this one waits for at each start. */
            readonly container: string;
            /**
             * @description started: it runs, or has run to its end. healthy: its health check passes. completed: it exited with code 0, as it is declared now.
             * @default started
             * @enum {string}
             */
            readonly condition?: "started" | "healthy" | "completed";
            /**
             * @description false: start without it if it is not defined or can't meet the condition.
             * @default true
             */
            readonly required?: boolean;
        };
        /** @description One of several --network: a network that the container is on. */
        readonly NetworkAttachment: {
            /** @description A user-defined network. */
            readonly name: string;
            /** @description Additional names by which containers on this network can resolve it. */
            readonly aliases?: readonly string[];
            /**
             * @description Its address there, from the half of the subnet that Berth allocates. Absent: Berth picks one.
             * @example 10.20.0.9
             */
            readonly ipv4Address?: string;
            /**
             * @description The same for IPv6.
             * @example fd00:20::9
             */
            readonly ipv6Address?: string;
        };
        /** @description A container definition as a client writes it. Read-only fields are accepted and ignored. */
        readonly DefinitionInput: {
            /** @description --name. Absent: Berth generates a name such as elated_cohen. */
            readonly name?: string;
            /**
             * @description The image reference.
             * @example training/webapp:latest
             */
            readonly image: string;
            /**
             * @description --platform: platform of the image, as os/arch or os/arch/variant. Absent: the engine's. A foreign one needs an emulator on the host.
             * @example linux/amd64
             */
            readonly platform?: string;
            /**
             * @description Name of the service in its Compose file; other containers on its user-defined network can resolve it. Absent if it equals the container's name.
             * @example db
             */
            readonly service?: string;
            /**
             * @description CMD. Absent: the image's.
             * @example [
             *       "python",
             *       "app.py"
             *     ]
             */
            readonly command?: readonly string[];
            /**
             * @description --entrypoint. Absent: the image's.
             * @example [
             *       "/bin/sh",
             *       "-c"
             *     ]
             */
            readonly entrypoint?: readonly string[];
            /**
             * @description Variables whose values are secrets: the name of a secret by the name of the variable. A new version of the secret replaces the container.
             * @default {}
             * @example {
             *       "DB_PASSWORD": "shop-db-password"
             *     }
             */
            readonly secretEnv?: {
                readonly [key: string]: string;
            };
            /**
             * @description -w
             * @example /srv
             */
            readonly workingDir?: string;
            /**
             * @description -u
             * @example www
             */
            readonly user?: string;
            /**
             * @description -h
             * @example web
             */
            readonly hostname?: string;
            /**
             * @description --domainname: the NIS domain name.
             * @example example.com
             */
            readonly domainname?: string;
            /**
             * @description --group-add: additional groups of the process, by name or id.
             * @example [
             *       "audio",
             *       "1001"
             *     ]
             */
            readonly groupAdd?: readonly string[];
            /**
             * @description --init: the engine's init is process 1; it forwards signals and reaps processes.
             * @default false
             */
            readonly init?: boolean;
            /**
             * @description -t: the process gets a terminal; its log then has no separate stderr.
             * @default false
             */
            readonly tty?: boolean;
            /**
             * @description -i: standard input stays open, so that a shell waits instead of ending.
             * @default false
             */
            readonly stdinOpen?: boolean;
            /**
             * @description --read-only: the container's root file system can't be written; volumes can.
             * @default false
             */
            readonly readOnly?: boolean;
            /**
             * @description --network-alias: additional names by which containers on its user-defined network can resolve it.
             * @example [
             *       "front"
             *     ]
             */
            readonly networkAliases?: readonly string[];
            /**
             * @description Several --network, in place of network and networkAliases. The first one carries the default route, where the engine can be told (Docker 28 and later).
             * @example [
             *       {
             *         "name": "front",
             *         "aliases": [
             *           "shop"
             *         ]
             *       },
             *       {
             *         "name": "back",
             *         "ipv4Address": "10.20.0.9"
             *       }
             *     ]
             */
            readonly networks?: readonly components["schemas"]["NetworkAttachment"][];
            /**
             * @description A replacement keeps the networks that the container was connected to outside Berth. By default it drops them.
             * @default false
             */
            readonly keepNetworks?: boolean;
            /**
             * @description --add-host: entries of /etc/hosts, as name:address; host-gateway is the address of the engine's host.
             * @example [
             *       "host.docker.internal:host-gateway",
             *       "printer:192.0.2.7"
             *     ]
             */
            readonly extraHosts?: readonly string[];
            /**
             * @description --dns: addresses of resolvers. Absent: the engine's.
             * @example [
             *       "192.0.2.53"
             *     ]
             */
            readonly dns?: readonly string[];
            /**
             * @description --dns-search: domains that are searched for short names; "." for none.
             * @example [
             *       "lan"
             *     ]
             */
            readonly dnsSearch?: readonly string[];
            /**
             * @description --dns-option: options of /etc/resolv.conf.
             * @example [
             *       "ndots:1"
             *     ]
             */
            readonly dnsOptions?: readonly string[];
            /**
             * @description --mac-address
             * @example 92:d0:c6:0a:29:33
             */
            readonly macAddress?: string;
            /**
             * @description Files that Berth places in a new container before its first start. They lie in the container's own file system as plain text.
             * @example [
             *       {
             *         "path": "/etc/shop/shop.conf",
             *         "content": "debug = false\n"
             *       },
             *       {
             *         "path": "/run/secrets/db-password",
             *         "secret": "shop-db-password",
             *         "mode": "0400",
             *         "uid": 1000,
             *         "gid": 1000
             *       }
             *     ]
             */
            readonly files?: readonly {
                /** @description Absolute path in the container. Missing directories are created. */
                readonly path: string;
                /** @description Content as text, at most 65,536 bytes; or `secret`. Hidden from viewers. */
                readonly content?: string;
                /** @description Name of the secret that is the content; or `content`. */
                readonly secret?: string;
                /**
                 * @description Permissions, in octal.
                 * @default 0444
                 */
                readonly mode?: string;
                /** @default 0 */
                readonly uid?: number;
                /** @default 0 */
                readonly gid?: number;
            }[];
            /**
             * @description --tmpfs: file systems in memory, as path:options; empty at each start.
             * @example [
             *       "/run:size=64m,mode=1777"
             *     ]
             */
            readonly tmpfs?: readonly string[];
            /**
             * @description With a health check, here or in the image, a replacement must become healthy before it is kept. Without one it must run for a second; a later failure is not rolled back.
             * @example {
             *       "command": [
             *         "true"
             *       ],
             *       "intervalSeconds": 5,
             *       "timeoutSeconds": 2,
             *       "retries": 3,
             *       "startPeriodSeconds": 1,
             *       "startIntervalSeconds": 0.5
             *     }
             */
            readonly healthcheck?: {
                /** @description Argument vector; an empty list disables the image's health check. Docker's array forms work too: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE']. */
                readonly command: readonly string[];
                readonly intervalSeconds?: number;
                readonly timeoutSeconds?: number;
                readonly retries?: number;
                readonly startPeriodSeconds?: number;
                /** @description Interval during the start period. Needs version 1.44 of the Docker API (Docker 25). */
                readonly startIntervalSeconds?: number;
            };
            /**
             * @description restart: Berth restarts the container while its health check fails, with a growing wait between restarts.
             * @default none
             * @enum {string}
             */
            readonly onUnhealthy?: "none" | "restart";
            /**
             * @description --restart=on-failure:5: restarts after which the engine leaves the container down; 0: no limit.
             * @default 0
             * @example 5
             */
            readonly restartMaxRetries?: number;
            /**
             * @description --log-driver: json-file, local and none are always allowed, others as far as the policy lists them (`logDrivers`). Without a log, GET …/logs answers with logs-unavailable.
             * @default json-file
             * @example local
             */
            readonly logDriver?: string;
            /**
             * @description --log-opt: options of the driver. Without max-size, json-file keeps three files of 10 MB. Viewers see no values.
             * @example {
             *       "max-size": "50m",
             *       "max-file": "5"
             *     }
             */
            readonly logOptions?: {
                readonly [key: string]: string;
            };
            /**
             * @description --memory-reservation, in bytes: what the kernel leaves the container when memory is short.
             * @example 33554432
             */
            readonly memoryReservation?: number;
            /**
             * @description --memory-swap, in bytes: memory and swap together; -1: no limit of swap. Absent: twice resources.memoryBytes.
             * @example -1
             */
            readonly memorySwap?: number;
            /**
             * @description --cpu-shares: relative weight from 1 to 262144; 1024 is the usual one.
             * @example 512
             */
            readonly cpuShares?: number;
            /**
             * @description --cpuset-cpus: the CPUs that it may run on, as 0-3 or 0,1.
             * @example 0
             */
            readonly cpusetCpus?: string;
            /**
             * @description --cpuset-mems: the memory nodes that it may use.
             * @example 0
             */
            readonly cpusetMems?: string;
            /**
             * @description --blkio-weight: relative weight of its block I/O, from 10 to 1000.
             * @example 500
             */
            readonly blkioWeight?: number;
            /**
             * @description --shm-size: size of /dev/shm in bytes.
             * @default 67108864
             */
            readonly shmSize?: number;
            /**
             * @description --ulimit: limits of its processes, as name=soft:hard; the last of a name counts.
             * @example [
             *       "nofile=1024:2048"
             *     ]
             */
            readonly ulimits?: readonly string[];
            /**
             * @description --sysctl: kernel settings of the container's own namespaces; others if the policy lists them.
             * @example {
             *       "net.core.somaxconn": "1024"
             *     }
             */
            readonly sysctls?: {
                readonly [key: string]: string;
            };
            /**
             * @description --privileged: all capabilities and devices of the host, so root access to it, if the policy allows it.
             * @default false
             */
            readonly privileged?: boolean;
            /**
             * @description --security-opt: options that the policy lists, as name=value. Every container has no-new-privileges=true without it.
             * @example [
             *       "seccomp=unconfined"
             *     ]
             */
            readonly securityOpt?: readonly string[];
            /**
             * @description --gpus: devices that a driver of the engine provides, such as GPUs, if the policy lists them.
             * @example [
             *       {
             *         "count": -1,
             *         "capabilities": [
             *           "gpu"
             *         ]
             *       }
             *     ]
             */
            readonly deviceRequests?: readonly {
                /** @description Driver that provides the devices. Absent: the engine picks one. */
                readonly driver?: string;
                /** @description Number of devices; -1 for all. Not together with deviceIds. */
                readonly count?: number;
                /** @description Devices by the names that the driver has for them. */
                readonly deviceIds?: readonly string[];
                /** @description Options of the driver. */
                readonly options?: {
                    readonly [key: string]: string;
                };
                /** @description Capabilities that the devices must have. By default gpu; none with the driver cdi. */
                readonly capabilities?: readonly string[];
            }[];
            /**
             * @description --runtime: a runtime of the engine that the policy lists. Absent, or runc: the engine's default.
             * @example nvidia
             */
            readonly runtime?: string;
            /**
             * @description --cap-drop: capabilities that it lacks; ALL for every one.
             * @example [
             *       "ALL"
             *     ]
             */
            readonly capDrop?: readonly string[];
            /**
             * @description --cap-add: additional capabilities, each as the policy lists it.
             * @example [
             *       "NET_ADMIN"
             *     ]
             */
            readonly capAdd?: readonly string[];
            /**
             * @description --device: devices of the host that the policy lists, as source:target:rwm.
             * @example [
             *       "/dev/snd:/dev/snd:rwm"
             *     ]
             */
            readonly devices?: readonly string[];
            /**
             * @description --device-cgroup-rule: devices that it may create, each as the policy lists it.
             * @example [
             *       "c 10:200 rwm"
             *     ]
             */
            readonly deviceCgroupRules?: readonly string[];
            /**
             * @description --pid: host for the host's processes, if the policy allows it.
             * @example host
             */
            readonly pidMode?: string;
            /**
             * @description --ipc: none, or host for the host's shared memory, if the policy allows it.
             * @example none
             */
            readonly ipcMode?: string;
            /**
             * @description --uts: host for the host's names, if the policy allows it.
             * @example host
             */
            readonly utsMode?: string;
            /**
             * @description --userns: host for the host's users, if the policy allows it.
             * @example host
             */
            readonly usernsMode?: string;
            /**
             * @description --oom-score-adj: from -1000 to 1000; a higher score is killed earlier. The policy limits lower ones.
             * @default 0
             * @example 500
             */
            readonly oomScoreAdj?: number;
            /** @example SIGTERM */
            readonly stopSignal?: string;
            /**
             * @description Containers that have to meet a condition before Berth starts this one. One that runs is never stopped for them.
             * @example [
             *       {
             *         "container": "db",
             *         "condition": "healthy"
             *       }
             *     ]
             */
            readonly dependsOn?: readonly components["schemas"]["Dependency"][];
            /**
             * @description engine: the engine starts it at boot, without waiting for dependsOn. held: only Berth starts it, in order; it stays down while Berth is down.
             * @default engine
             * @enum {string}
             */
            readonly boot?: "engine" | "held";
            /**
             * @description What happens when the tag moves in its registry. notify: the condition ImageUpdateAvailable reports it. automatic: Berth replaces the container, and rolls back if that fails. manual: the registry is not asked.
             * @default manual
             * @enum {string}
             */
            readonly updatePolicy?: "manual" | "notify" | "automatic";
            /**
             * @description Time between two checks of the tag, varied by a tenth. At least 10.
             * @default 21600
             */
            readonly updateIntervalSeconds?: number;
            /**
             * @description Time of day in which automatic updates may begin; at any time without it.
             * @example {
             *       "from": "02:00",
             *       "to": "05:00",
             *       "timeZone": "Europe/Berlin"
             *     }
             */
            readonly updateWindow?: {
                /**
                 * @description Begin, as HH:MM.
                 * @example 02:00
                 */
                readonly from: string;
                /**
                 * @description End, as HH:MM; before `from` for a window over midnight.
                 * @example 05:00
                 */
                readonly to: string;
                /**
                 * @description IANA time zone of both times.
                 * @default UTC
                 * @example Europe/Berlin
                 */
                readonly timeZone?: string;
            };
            /**
             * @description Confirms that its writable volumes survive an automatic update and its roll-back: Berth brings back the previous image, never previous data.
             * @default false
             */
            readonly stateful?: boolean;
            /**
             * @description service: it keeps running. job: it runs to completion, each run in a container of its own.
             * @default service
             * @enum {string}
             */
            readonly kind?: "service" | "job";
            /**
             * @description Times that a failed run of a job is tried again; the first after 10 s, then ever later.
             * @default 0
             * @example 2
             */
            readonly retries?: number;
            /**
             * @description Time that a run of a job may take, retries included. Absent: any.
             * @example 3600
             */
            readonly deadlineSeconds?: number;
            /**
             * @description Time that the container of an ended run is kept. Of each job at most ten are kept.
             * @default 86400
             * @example 3600
             */
            readonly keepSeconds?: number;
            /**
             * @description Times at which a job runs. Absent: it runs once for each generation.
             * @example {
             *       "cron": "30 2 * * *",
             *       "timeZone": "Europe/Berlin",
             *       "concurrency": "forbid"
             *     }
             */
            readonly schedule?: {
                /**
                 * @description Minute, hour, day of month, month and day of week.
                 * @example 30 2 * * *
                 */
                readonly cron: string;
                /** @description A run that is later than this is missed instead of caught up. Absent: the latest one is caught up. */
                readonly startingDeadlineSeconds?: number;
                /**
                 * @description IANA name.
                 * @default UTC
                 * @example Europe/Berlin
                 */
                readonly timeZone?: string;
                /**
                 * @description When a run is due while another is under way. allow: both run. forbid: the new one is missed. replace: the old one is stopped.
                 * @default forbid
                 * @enum {string}
                 */
                readonly concurrency?: "allow" | "forbid" | "replace";
                /**
                 * @description true: no scheduled run starts.
                 * @default false
                 */
                readonly suspend?: boolean;
            };
            /**
             * @description -e: variables by name.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly env?: {
                readonly [key: string]: string;
            };
            /**
             * @description --expose: 3306, 3306/tcp, 8000-8010/udp.
             * @example [
             *       "8000-8002/udp"
             *     ]
             */
            readonly expose?: readonly string[];
            /**
             * @description -P: publish all ports that the image exposes.
             * @default false
             */
            readonly publishAll?: boolean;
            /**
             * @description -p, as a string or an object.
             * @example [
             *       {
             *         "hostIp": "127.0.0.1",
             *         "hostPortRange": "49000-49900",
             *         "containerPort": 5000
             *       },
             *       "53/udp"
             *     ]
             */
            readonly ports?: readonly (string | components["schemas"]["PortMapping"])[];
            /**
             * @description --link: name, name:alias, or an object.
             * @example [
             *       "db",
             *       {
             *         "container": "cache",
             *         "alias": "store",
             *         "env": "address"
             *       }
             *     ]
             */
            readonly links?: readonly (string | components["schemas"]["Link"])[];
            /**
             * @description --network: bridge, or a network that Berth creates and removes; none; or host, if the policy allows the host's network.
             * @default bridge
             */
            readonly network?: string;
            /**
             * @description -v: named volumes, and host paths that the policy allows.
             * @example [
             *       {
             *         "volume": "data",
             *         "target": "/data",
             *         "readOnly": true
             *       },
             *       {
             *         "volume": "/srv/apps/web",
             *         "target": "/srv/web",
             *         "createHostPath": true,
             *         "propagation": "rslave",
             *         "selinux": "z"
             *       },
             *       {
             *         "volume": "cache",
             *         "target": "/cache",
             *         "noCopy": true,
             *         "subpath": "web",
             *         "labels": {
             *           "tier": "web"
             *         },
             *         "driverOptions": {
             *           "type": "tmpfs",
             *           "device": "tmpfs",
             *           "o": "size=100m"
             *         }
             *       }
             *     ]
             */
            readonly volumes?: readonly {
                /** @description Name of a volume, which is created if it does not exist; or an absolute path on the host, if the policy allows it (`hostPaths`). */
                readonly volume: string;
                /** @description Mount point in the container, an absolute path. */
                readonly target: string;
                /** @default false */
                readonly readOnly?: boolean;
                /** @description Host paths: create an empty directory if nothing is there, as -v does. By default the creation then fails. */
                readonly createHostPath?: boolean;
                /**
                 * @description Host paths: direction in which later mounts below the path propagate between the host and the container. By default rprivate: neither. For shared and rshared the policy must allow it (`sharedMounts`).
                 * @enum {string}
                 */
                readonly propagation?: "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave";
                /**
                 * @description Host paths: relabel the files for SELinux, for all containers (z) or this one (Z). Needs createHostPath.
                 * @enum {string}
                 */
                readonly selinux?: "z" | "Z";
                /** @description Volumes: don't fill a new one with the image's files at the target. */
                readonly noCopy?: boolean;
                /** @description Volumes: mount this directory of the volume, which must exist. Needs version 1.45 of the Docker API (Docker 26). */
                readonly subpath?: string;
                /** @description Volumes: driver that creates it. By default local; others as far as the policy lists them (`volumeDrivers`). */
                readonly driver?: string;
                /** @description Volumes: options of the driver when it creates the volume. Those of local mount something else: a path of the host needs `hostPaths` of the policy, a network file system `volumeDrivers`. Viewers see no values. */
                readonly driverOptions?: {
                    readonly [key: string]: string;
                };
                /** @description Volumes: labels when it is created. */
                readonly labels?: {
                    readonly [key: string]: string;
                };
            }[];
            /**
             * @description --label: values by key. io.berth. is reserved.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly labels?: {
                readonly [key: string]: string;
            };
            /**
             * @default always
             * @enum {string}
             */
            readonly restartPolicy?: "always" | "on-failure" | "no";
            /**
             * @example {
             *       "memoryBytes": 67108864,
             *       "cpus": 0.5,
             *       "pids": 100
             *     }
             */
            readonly resources?: {
                /** @description At least 6 MiB, the minimum of the engine. */
                readonly memoryBytes?: number;
                readonly cpus?: number;
                /**
                 * @description --pids-limit; -1: no limit, if the policy allows it.
                 * @default 4096
                 */
                readonly pids?: number;
            };
            /**
             * @default missing
             * @enum {string}
             */
            readonly pullPolicy?: "missing" | "always" | "never";
            /** @default 10 */
            readonly stopTimeoutSeconds?: number;
            /**
             * @description What happens to this container when a link's source is replaced or gets another address.
             * @default recreate
             * @enum {string}
             */
            readonly onLinkChange?: "recreate" | "ignore";
            /**
             * @default running
             * @enum {string}
             */
            readonly state?: "running" | "stopped";
            /** @description Ignored. */
            readonly uid?: unknown;
            /** @description Ignored. */
            readonly generation?: unknown;
            /** @description Ignored. */
            readonly createdAt?: unknown;
            /** @description Ignored. */
            readonly updatedAt?: unknown;
            /** @description Ignored. */
            readonly deletionRequestedAt?: unknown;
            /** @description Ignored. */
            readonly status?: unknown;
            /** @description Ignored. */
            readonly set?: unknown;
            /** @description Ignored. */
            readonly plan?: unknown;
        };
        readonly Condition: {
            /** @enum {string} */
            readonly type: "Ready" | "ImageAvailable" | "PortsBound" | "LinksResolved" | "LinksDeprecated" | "NamesUnique" | "VolumesKept" | "AddressesStable" | "DefaultRoute" | "NetworksKept" | "FieldsApplied" | "ImageUpdateAvailable" | "Exposed" | "EngineReachable";
            /** @enum {string} */
            readonly status: "True" | "False" | "Unknown";
            /** @description One CamelCase word, for programs. */
            readonly reason: string;
            /** @description For a person. */
            readonly message: string;
            /**
             * Format: date-time
             * @description When the status last changed.
             */
            readonly lastTransitionTime: string;
        };
        /** @description A host port that the engine has bound. */
        readonly Binding: {
            readonly hostIp: string;
            readonly hostPort: number;
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
        };
        readonly ResolvedLink: {
            readonly container: string;
            readonly alias: string;
            readonly address: string | null;
            readonly envPrefix: string;
        };
        readonly LinkedBy: {
            readonly container: string;
            readonly alias: string;
        };
        /** @description The observed status. */
        readonly Status: {
            /** @description Generation that the current container was made from; 0 without a container. */
            readonly observedGeneration: number;
            readonly ready: boolean;
            /**
             * @description The network that the container runs on, if it is another than `network`: `berth-links` in place of the default bridge, where links have moved there.
             * @example berth-links
             */
            readonly runsOn?: string;
            readonly conditions: readonly components["schemas"]["Condition"][];
            readonly container: {
                readonly id: string;
                /**
                 * @description The source's own name, then its alias.
                 * @example [
                 *       "db",
                 *       "web/db"
                 *     ]
                 */
                readonly names: readonly string[];
                readonly state: string;
                readonly image: string;
                readonly imageId: string;
                readonly ipAddress: string | null;
                readonly startedAt: string | null;
                readonly finishedAt: string | null;
                readonly exitCode: number | null;
                readonly restartCount: number;
            } | null;
            readonly ports: readonly components["schemas"]["Binding"][];
            /** @description Host ports reserved for this definition, bound or not. An empty hostIp means all addresses. */
            readonly reserved: readonly components["schemas"]["Binding"][];
            /** @description Addresses reserved for this definition on its networks, in use or not. */
            readonly addresses: readonly {
                readonly network: string;
                readonly address: string;
                /** @enum {string} */
                readonly origin: "fixed" | "assigned";
            }[];
            readonly links: readonly components["schemas"]["ResolvedLink"][];
            readonly linkedBy: readonly components["schemas"]["LinkedBy"][];
        };
        /** @description One engine call and its reason. */
        readonly PlannedAction: {
            readonly container: string;
            readonly action: string;
            readonly target: string;
            readonly reason: string;
        };
        /** @description The plan: the engine calls that would be made. */
        readonly Plan: {
            /** @description In their order. */
            readonly actions: readonly components["schemas"]["PlannedAction"][];
            /** @description Running containers that would be stopped, restarted or replaced, and why. */
            readonly interrupted: readonly {
                readonly container: string;
                readonly reason: string;
            }[];
            /** @description Problems that would remain afterwards. */
            readonly obstacles: readonly {
                readonly container: string;
                /** @enum {string} */
                readonly condition: "Ready" | "ImageAvailable" | "PortsBound" | "LinksResolved";
                readonly reason: string;
                readonly message: string;
            }[];
            /** @description The changed fields, and the cost of each for a running container. */
            readonly changes: readonly {
                readonly container: string;
                readonly field: string;
                /**
                 * @description replace: a new container replaces the current one. reconnect: the running container is connected to networks or disconnected. none: the container keeps running.
                 * @enum {string}
                 */
                readonly costs: "replace" | "stop" | "start" | "reconnect" | "none";
            }[];
        };
        /** @description A container definition and its status. You can edit what GET returns and PUT it back. */
        readonly Container: {
            readonly name: string;
            /**
             * @description The image reference.
             * @example training/webapp:latest
             */
            readonly image: string;
            /**
             * @description --platform: platform of the image, as os/arch or os/arch/variant. Absent: the engine's. A foreign one needs an emulator on the host.
             * @example linux/amd64
             */
            readonly platform?: string;
            /**
             * @description Name of the service in its Compose file; other containers on its user-defined network can resolve it. Absent if it equals the container's name.
             * @example db
             */
            readonly service?: string;
            /**
             * @description CMD. Absent: the image's.
             * @example [
             *       "python",
             *       "app.py"
             *     ]
             */
            readonly command?: readonly string[];
            /**
             * @description --entrypoint. Absent: the image's.
             * @example [
             *       "/bin/sh",
             *       "-c"
             *     ]
             */
            readonly entrypoint?: readonly string[];
            /**
             * @description Variables whose values are secrets: the name of a secret by the name of the variable. A new version of the secret replaces the container.
             * @example {
             *       "DB_PASSWORD": "shop-db-password"
             *     }
             */
            readonly secretEnv?: {
                readonly [key: string]: string;
            };
            /**
             * @description -w
             * @example /srv
             */
            readonly workingDir?: string;
            /**
             * @description -u
             * @example www
             */
            readonly user?: string;
            /**
             * @description -h
             * @example web
             */
            readonly hostname?: string;
            /**
             * @description --domainname: the NIS domain name.
             * @example example.com
             */
            readonly domainname?: string;
            /**
             * @description --group-add: additional groups of the process, by name or id.
             * @example [
             *       "audio",
             *       "1001"
             *     ]
             */
            readonly groupAdd?: readonly string[];
            /** @description --init: the engine's init is process 1; it forwards signals and reaps processes. */
            readonly init?: boolean;
            /** @description -t: the process gets a terminal; its log then has no separate stderr. */
            readonly tty?: boolean;
            /** @description -i: standard input stays open, so that a shell waits instead of ending. */
            readonly stdinOpen?: boolean;
            /** @description --read-only: the container's root file system can't be written; volumes can. */
            readonly readOnly?: boolean;
            /**
             * @description --network-alias: additional names by which containers on its user-defined network can resolve it.
             * @example [
             *       "front"
             *     ]
             */
            readonly networkAliases?: readonly string[];
            /**
             * @description Several --network, in place of network and networkAliases. The first one carries the default route, where the engine can be told (Docker 28 and later).
             * @example [
             *       {
             *         "name": "front",
             *         "aliases": [
             *           "shop"
             *         ]
             *       },
             *       {
             *         "name": "back",
             *         "ipv4Address": "10.20.0.9"
             *       }
             *     ]
             */
            readonly networks?: readonly components["schemas"]["NetworkAttachment"][];
            /** @description A replacement keeps the networks that the container was connected to outside Berth. By default it drops them. */
            readonly keepNetworks?: boolean;
            /**
             * @description --add-host: entries of /etc/hosts, as name:address; host-gateway is the address of the engine's host.
             * @example [
             *       "host.docker.internal:host-gateway",
             *       "printer:192.0.2.7"
             *     ]
             */
            readonly extraHosts?: readonly string[];
            /**
             * @description --dns: addresses of resolvers. Absent: the engine's.
             * @example [
             *       "192.0.2.53"
             *     ]
             */
            readonly dns?: readonly string[];
            /**
             * @description --dns-search: domains that are searched for short names; "." for none.
             * @example [
             *       "lan"
             *     ]
             */
            readonly dnsSearch?: readonly string[];
            /**
             * @description --dns-option: options of /etc/resolv.conf.
             * @example [
             *       "ndots:1"
             *     ]
             */
            readonly dnsOptions?: readonly string[];
            /**
             * @description --mac-address
             * @example 92:d0:c6:0a:29:33
             */
            readonly macAddress?: string;
            /**
             * @description Files that Berth places in a new container before its first start. They lie in the container's own file system as plain text.
             * @example [
             *       {
             *         "path": "/etc/shop/shop.conf",
             *         "content": "debug = false\n"
             *       },
             *       {
             *         "path": "/run/secrets/db-password",
             *         "secret": "shop-db-password",
             *         "mode": "0400",
             *         "uid": 1000,
             *         "gid": 1000
             *       }
             *     ]
             */
            readonly files?: readonly {
                /** @description Absolute path in the container. Missing directories are created. */
                readonly path: string;
                /** @description Content as text, at most 65,536 bytes; or `secret`. Hidden from viewers. */
                readonly content?: string;
                /** @description Name of the secret that is the content; or `content`. */
                readonly secret?: string;
                /**
                 * @description Permissions, in octal.
                 * @default 0444
                 */
                readonly mode?: string;
                /** @default 0 */
                readonly uid?: number;
                /** @default 0 */
                readonly gid?: number;
            }[];
            /**
             * @description --tmpfs: file systems in memory, as path:options; empty at each start.
             * @example [
             *       "/run:size=64m,mode=1777"
             *     ]
             */
            readonly tmpfs?: readonly string[];
            /**
             * @description With a health check, here or in the image, a replacement must become healthy before it is kept. Without one it must run for a second; a later failure is not rolled back.
             * @example {
             *       "command": [
             *         "true"
             *       ],
             *       "intervalSeconds": 5,
             *       "timeoutSeconds": 2,
             *       "retries": 3,
             *       "startPeriodSeconds": 1,
             *       "startIntervalSeconds": 0.5
             *     }
             */
            readonly healthcheck?: {
                /** @description Argument vector; an empty list disables the image's health check. Docker's array forms work too: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE']. */
                readonly command: readonly string[];
                readonly intervalSeconds?: number;
                readonly timeoutSeconds?: number;
                readonly retries?: number;
                readonly startPeriodSeconds?: number;
                /** @description Interval during the start period. Needs version 1.44 of the Docker API (Docker 25). */
                readonly startIntervalSeconds?: number;
            };
            /**
             * @description restart: Berth restarts the container while its health check fails, with a growing wait between restarts.
             * @enum {string}
             */
            readonly onUnhealthy?: "none" | "restart";
            /**
             * @description --restart=on-failure:5: restarts after which the engine leaves the container down; 0: no limit.
             * @example 5
             */
            readonly restartMaxRetries?: number;
            /**
             * @description --log-driver: json-file, local and none are always allowed, others as far as the policy lists them (`logDrivers`). Without a log, GET …/logs answers with logs-unavailable.
             * @example local
             */
            readonly logDriver?: string;
            /**
             * @description --log-opt: options of the driver. Without max-size, json-file keeps three files of 10 MB. Viewers see no values.
             * @example {
             *       "max-size": "50m",
             *       "max-file": "5"
             *     }
             */
            readonly logOptions?: {
                readonly [key: string]: string;
            };
            /**
             * @description --memory-reservation, in bytes: what the kernel leaves the container when memory is short.
             * @example 33554432
             */
            readonly memoryReservation?: number;
            /**
             * @description --memory-swap, in bytes: memory and swap together; -1: no limit of swap. Absent: twice resources.memoryBytes.
             * @example -1
             */
            readonly memorySwap?: number;
            /**
             * @description --cpu-shares: relative weight from 1 to 262144; 1024 is the usual one.
             * @example 512
             */
            readonly cpuShares?: number;
            /**
             * @description --cpuset-cpus: the CPUs that it may run on, as 0-3 or 0,1.
             * @example 0
             */
            readonly cpusetCpus?: string;
            /**
             * @description --cpuset-mems: the memory nodes that it may use.
             * @example 0
             */
            readonly cpusetMems?: string;
            /**
             * @description --blkio-weight: relative weight of its block I/O, from 10 to 1000.
             * @example 500
             */
            readonly blkioWeight?: number;
            /** @description --shm-size: size of /dev/shm in bytes. */
            readonly shmSize?: number;
            /**
             * @description --ulimit: limits of its processes, as name=soft:hard; the last of a name counts.
             * @example [
             *       "nofile=1024:2048"
             *     ]
             */
            readonly ulimits?: readonly string[];
            /**
             * @description --sysctl: kernel settings of the container's own namespaces; others if the policy lists them.
             * @example {
             *       "net.core.somaxconn": "1024"
             *     }
             */
            readonly sysctls?: {
                readonly [key: string]: string;
            };
            /** @description --privileged: all capabilities and devices of the host, so root access to it, if the policy allows it. */
            readonly privileged?: boolean;
            /**
             * @description --security-opt: options that the policy lists, as name=value. Every container has no-new-privileges=true without it.
             * @example [
             *       "seccomp=unconfined"
             *     ]
             */
            readonly securityOpt?: readonly string[];
            /**
             * @description --gpus: devices that a driver of the engine provides, such as GPUs, if the policy lists them.
             * @example [
             *       {
             *         "count": -1,
             *         "capabilities": [
             *           "gpu"
             *         ]
             *       }
             *     ]
             */
            readonly deviceRequests?: readonly {
                /** @description Driver that provides the devices. Absent: the engine picks one. */
                readonly driver?: string;
                /** @description Number of devices; -1 for all. Not together with deviceIds. */
                readonly count?: number;
                /** @description Devices by the names that the driver has for them. */
                readonly deviceIds?: readonly string[];
                /** @description Options of the driver. */
                readonly options?: {
                    readonly [key: string]: string;
                };
                /** @description Capabilities that the devices must have. By default gpu; none with the driver cdi. */
                readonly capabilities?: readonly string[];
            }[];
            /**
             * @description --runtime: a runtime of the engine that the policy lists. Absent, or runc: the engine's default.
             * @example nvidia
             */
            readonly runtime?: string;
            /**
             * @description --cap-drop: capabilities that it lacks; ALL for every one.
             * @example [
             *       "ALL"
             *     ]
             */
            readonly capDrop?: readonly string[];
            /**
             * @description --cap-add: additional capabilities, each as the policy lists it.
             * @example [
             *       "NET_ADMIN"
             *     ]
             */
            readonly capAdd?: readonly string[];
            /**
             * @description --device: devices of the host that the policy lists, as source:target:rwm.
             * @example [
             *       "/dev/snd:/dev/snd:rwm"
             *     ]
             */
            readonly devices?: readonly string[];
            /**
             * @description --device-cgroup-rule: devices that it may create, each as the policy lists it.
             * @example [
             *       "c 10:200 rwm"
             *     ]
             */
            readonly deviceCgroupRules?: readonly string[];
            /**
             * @description --pid: host for the host's processes, if the policy allows it.
             * @example host
             */
            readonly pidMode?: string;
            /**
             * @description --ipc: none, or host for the host's shared memory, if the policy allows it.
             * @example none
             */
            readonly ipcMode?: string;
            /**
             * @description --uts: host for the host's names, if the policy allows it.
             * @example host
             */
            readonly utsMode?: string;
            /**
             * @description --userns: host for the host's users, if the policy allows it.
             * @example host
             */
            readonly usernsMode?: string;
            /**
             * @description --oom-score-adj: from -1000 to 1000; a higher score is killed earlier. The policy limits lower ones.
             * @example 500
             */
            readonly oomScoreAdj?: number;
            /** @example SIGTERM */
            readonly stopSignal?: string;
            readonly dependsOn?: readonly components["schemas"]["Dependency"][];
            /**
             * @description engine: the engine starts it at boot, without waiting for dependsOn. held: only Berth starts it, in order; it stays down while Berth is down.
             * @enum {string}
             */
            readonly boot?: "engine" | "held";
            /**
             * @description What happens when the tag moves in its registry. notify: the condition ImageUpdateAvailable reports it. automatic: Berth replaces the container, and rolls back if that fails. manual: the registry is not asked.
             * @enum {string}
             */
            readonly updatePolicy?: "manual" | "notify" | "automatic";
            /** @description Time between two checks of the tag, varied by a tenth. At least 10. */
            readonly updateIntervalSeconds?: number;
            /**
             * @description Time of day in which automatic updates may begin; at any time without it.
             * @example {
             *       "from": "02:00",
             *       "to": "05:00",
             *       "timeZone": "Europe/Berlin"
             *     }
             */
            readonly updateWindow?: {
                /**
                 * @description Begin, as HH:MM.
                 * @example 02:00
                 */
                readonly from: string;
                /**
                 * @description End, as HH:MM; before `from` for a window over midnight.
                 * @example 05:00
                 */
                readonly to: string;
                /**
                 * @description IANA time zone of both times.
                 * @default UTC
                 * @example Europe/Berlin
                 */
                readonly timeZone?: string;
            };
            /** @description Confirms that its writable volumes survive an automatic update and its roll-back: Berth brings back the previous image, never previous data. */
            readonly stateful?: boolean;
            /**
             * @description service: it keeps running. job: it runs to completion, each run in a container of its own.
             * @enum {string}
             */
            readonly kind?: "service" | "job";
            /**
             * @description Times that a failed run of a job is tried again; the first after 10 s, then ever later.
             * @example 2
             */
            readonly retries?: number;
            /**
             * @description Time that a run of a job may take, retries included. Absent: any.
             * @example 3600
             */
            readonly deadlineSeconds?: number;
            /**
             * @description Time that the container of an ended run is kept. Of each job at most ten are kept.
             * @example 3600
             */
            readonly keepSeconds?: number;
            /**
             * @description Times at which a job runs. Absent: it runs once for each generation.
             * @example {
             *       "cron": "30 2 * * *",
             *       "timeZone": "Europe/Berlin",
             *       "concurrency": "forbid"
             *     }
             */
            readonly schedule?: {
                /**
                 * @description Minute, hour, day of month, month and day of week.
                 * @example 30 2 * * *
                 */
                readonly cron: string;
                /** @description A run that is later than this is missed instead of caught up. Absent: the latest one is caught up. */
                readonly startingDeadlineSeconds?: number;
                /**
                 * @description IANA name.
                 * @default UTC
                 * @example Europe/Berlin
                 */
                readonly timeZone?: string;
                /**
                 * @description When a run is due while another is under way. allow: both run. forbid: the new one is missed. replace: the old one is stopped.
                 * @default forbid
                 * @enum {string}
                 */
                readonly concurrency?: "allow" | "forbid" | "replace";
                /**
                 * @description true: no scheduled run starts.
                 * @default false
                 */
                readonly suspend?: boolean;
            };
            /**
             * @description -e: variables by name.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly env: {
                readonly [key: string]: string;
            };
            /**
             * @description --expose: 3306, 3306/tcp, 8000-8010/udp.
             * @example [
             *       "8000-8002/udp"
             *     ]
             */
            readonly expose: readonly string[];
            /** @description -P: publish all ports that the image exposes. */
            readonly publishAll: boolean;
            readonly ports: readonly components["schemas"]["PortMapping"][];
            readonly links: readonly components["schemas"]["Link"][];
            /** @description --network: bridge, or a network that Berth creates and removes; none; or host, if the policy allows the host's network. */
            readonly network?: string;
            /**
             * @description -v: named volumes, and host paths that the policy allows.
             * @example [
             *       {
             *         "volume": "data",
             *         "target": "/data",
             *         "readOnly": true
             *       },
             *       {
             *         "volume": "/srv/apps/web",
             *         "target": "/srv/web",
             *         "createHostPath": true,
             *         "propagation": "rslave",
             *         "selinux": "z"
             *       },
             *       {
             *         "volume": "cache",
             *         "target": "/cache",
             *         "noCopy": true,
             *         "subpath": "web",
             *         "labels": {
             *           "tier": "web"
             *         },
             *         "driverOptions": {
             *           "type": "tmpfs",
             *           "device": "tmpfs",
             *           "o": "size=100m"
             *         }
             *       }
             *     ]
             */
            readonly volumes: readonly {
                /** @description Name of a volume, which is created if it does not exist; or an absolute path on the host, if the policy allows it (`hostPaths`). */
                readonly volume: string;
                /** @description Mount point in the container, an absolute path. */
                readonly target: string;
                /** @default false */
                readonly readOnly?: boolean;
                /** @description Host paths: create an empty directory if nothing is there, as -v does. By default the creation then fails. */
                readonly createHostPath?: boolean;
                /**
                 * @description Host paths: direction in which later mounts below the path propagate between the host and the container. By default rprivate: neither. For shared and rshared the policy must allow it (`sharedMounts`).
                 * @enum {string}
                 */
                readonly propagation?: "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave";
                /**
                 * @description Host paths: relabel the files for SELinux, for all containers (z) or this one (Z). Needs createHostPath.
                 * @enum {string}
                 */
                readonly selinux?: "z" | "Z";
                /** @description Volumes: don't fill a new one with the image's files at the target. */
                readonly noCopy?: boolean;
                /** @description Volumes: mount this directory of the volume, which must exist. Needs version 1.45 of the Docker API (Docker 26). */
                readonly subpath?: string;
                /** @description Volumes: driver that creates it. By default local; others as far as the policy lists them (`volumeDrivers`). */
                readonly driver?: string;
                /** @description Volumes: options of the driver when it creates the volume. Those of local mount something else: a path of the host needs `hostPaths` of the policy, a network file system `volumeDrivers`. Viewers see no values. */
                readonly driverOptions?: {
                    readonly [key: string]: string;
                };
                /** @description Volumes: labels when it is created. */
                readonly labels?: {
                    readonly [key: string]: string;
                };
            }[];
            /**
             * @description --label: values by key. io.berth. is reserved.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly labels: {
                readonly [key: string]: string;
            };
            /** @enum {string} */
            readonly restartPolicy: "always" | "on-failure" | "no";
            /**
             * @example {
             *       "memoryBytes": 67108864,
             *       "cpus": 0.5,
             *       "pids": 100
             *     }
             */
            readonly resources: {
                /** @description At least 6 MiB, the minimum of the engine. */
                readonly memoryBytes?: number;
                readonly cpus?: number;
                /**
                 * @description --pids-limit; -1: no limit, if the policy allows it.
                 * @default 4096
                 */
                readonly pids?: number;
            };
            /** @enum {string} */
            readonly pullPolicy: "missing" | "always" | "never";
            readonly stopTimeoutSeconds: number;
            /**
             * @description What happens to this container when a link's source is replaced or gets another address.
             * @enum {string}
             */
            readonly onLinkChange: "recreate" | "ignore";
            /** @enum {string} */
            readonly state: "running" | "stopped";
            /** @description Unique id; never reused, even after a deletion. */
            readonly uid: string;
            /** @description Rises by one with every change of the definition. */
            readonly generation: number;
            /**
             * Format: date-time
             * @description When the definition was created.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When the definition was last changed.
             */
            readonly updatedAt: string;
            readonly deletionRequestedAt: string | null;
            readonly status: components["schemas"]["Status"];
            readonly set: string | null;
            readonly plan?: components["schemas"]["Plan"];
        };
        /** @description The definitions to apply. Each needs a name. */
        readonly Apply: {
            /** @description Name of the set that these definitions belong to. */
            readonly set?: string;
            /**
             * @description Remove definitions that belong to the set but are missing from the request.
             * @default false
             */
            readonly prune?: boolean;
            readonly containers: readonly components["schemas"]["DefinitionInput"][];
        };
        readonly Applied: {
            readonly set: string | null;
            /** @description In the order of the request, then the removed ones. */
            readonly results: readonly {
                readonly name: string;
                /** @enum {string} */
                readonly result: "created" | "updated" | "unchanged" | "deleted";
                readonly container: components["schemas"]["Container"];
            }[];
            readonly plan?: components["schemas"]["Plan"];
        };
        readonly Adopt: {
            /** @description Name or id of a container on the engine. */
            readonly container: string;
            /**
             * @description Adopt the container even if its first replacement would lose settings.
             * @default false
             */
            readonly force?: boolean;
        };
        readonly Adopted: {
            readonly container: components["schemas"]["Container"];
            /** @description Settings that the first replacement would lose. */
            readonly lost: readonly {
                /**
                 * @description Name of the setting on the engine.
                 * @example HostConfig.Privileged
                 */
                readonly field: string;
                readonly value: unknown;
                readonly reason: string;
            }[];
            /** @description Settings that every container of Berth has and this one gets later. Nothing changes now. */
            readonly changed: readonly {
                /**
                 * @description Name of the setting on the engine.
                 * @example HostConfig.PidsLimit
                 */
                readonly field: string;
                readonly value: unknown;
                readonly becomes: unknown;
                /** @description When the setting changes, and what the effect is. */
                readonly reason: string;
            }[];
        };
        /** @description A network as a client declares it. Its name is in the path. */
        readonly NetworkInput: {
            /**
             * @description IPv4 subnet. Absent: Berth picks one from its pool (BERTH_NETWORK_POOL) and keeps it.
             * @example 10.20.0.0/24
             */
            readonly subnet?: string;
            /**
             * @description Absent: the first address of the subnet.
             * @example 10.20.0.1
             */
            readonly gateway?: string;
            /**
             * @description Also give containers IPv6 addresses, from a picked subnet.
             * @default false
             */
            readonly ipv6?: boolean;
            /**
             * @description IPv6 subnet; implies ipv6.
             * @example fd00:20::/64
             */
            readonly ipv6Subnet?: string;
            /**
             * @description Absent: the first address after that of the subnet.
             * @example fd00:20::1
             */
            readonly ipv6Gateway?: string;
            /**
             * @description Without a route out of the host; published ports lead nowhere.
             * @default false
             */
            readonly internal?: boolean;
            /**
             * @description Absent: the engine's default, 1500.
             * @example 1450
             */
            readonly mtu?: number;
            /**
             * @description Options of the bridge driver; only those that do not reach the host are allowed.
             * @example {
             *       "com.docker.network.bridge.enable_icc": "true"
             *     }
             */
            readonly driverOptions?: {
                readonly [key: string]: string;
            };
            /**
             * @description Labels of the network on the engine. io.berth. is reserved.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly labels?: {
                readonly [key: string]: string;
            };
            /**
             * @description Use a network that exists on the engine and that Berth never changes. It takes no other field, and gives no stable addresses.
             * @default false
             */
            readonly external?: boolean;
        };
        /** @description A network and its status. */
        readonly Network: {
            readonly name: string;
            /**
             * @description IPv4 subnet. Absent: Berth picks one from its pool (BERTH_NETWORK_POOL) and keeps it.
             * @example 10.20.0.0/24
             */
            readonly subnet?: string;
            /**
             * @description Absent: the first address of the subnet.
             * @example 10.20.0.1
             */
            readonly gateway?: string;
            /**
             * @description Also give containers IPv6 addresses, from a picked subnet.
             * @default false
             */
            readonly ipv6?: boolean;
            /**
             * @description IPv6 subnet; implies ipv6.
             * @example fd00:20::/64
             */
            readonly ipv6Subnet?: string;
            /**
             * @description Absent: the first address after that of the subnet.
             * @example fd00:20::1
             */
            readonly ipv6Gateway?: string;
            /**
             * @description Without a route out of the host; published ports lead nowhere.
             * @default false
             */
            readonly internal?: boolean;
            /**
             * @description Absent: the engine's default, 1500.
             * @example 1450
             */
            readonly mtu?: number;
            /**
             * @description Options of the bridge driver; only those that do not reach the host are allowed.
             * @example {
             *       "com.docker.network.bridge.enable_icc": "true"
             *     }
             */
            readonly driverOptions?: {
                readonly [key: string]: string;
            };
            /**
             * @description Labels of the network on the engine. io.berth. is reserved.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly labels?: {
                readonly [key: string]: string;
            };
            /**
             * @description Use a network that exists on the engine and that Berth never changes. It takes no other field, and gives no stable addresses.
             * @default false
             */
            readonly external?: boolean;
            /** @description Unique id; never reused, even after a deletion. */
            readonly uid: string;
            /** @description Rises by one with every change. */
            readonly generation: number;
            /** @description False: only containers name it, and it is removed with the last of them. */
            readonly declared: boolean;
            /**
             * Format: date-time
             * @description When the network was first named.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When the network was last changed.
             */
            readonly updatedAt: string;
            readonly deletionRequestedAt: string | null;
            readonly status: {
                readonly id: string | null;
                /** @description Named or picked, IPv4 first. Empty: the engine chose them. */
                readonly subnets: readonly {
                    readonly subnet: string;
                    readonly gateway: string;
                    /** @description The upper half, from which the engine allocates. */
                    readonly range: string;
                }[];
                /** @description The containers whose definitions name it. */
                readonly containers: readonly string[];
                readonly conditions: readonly {
                    /** @enum {string} */
                    readonly type: "Ready" | "StableAddresses";
                    /** @enum {string} */
                    readonly status: "True" | "False" | "Unknown";
                    /** @description One CamelCase word, for programs. */
                    readonly reason: string;
                    /** @description For a person. */
                    readonly message: string;
                }[];
            };
            readonly plan?: components["schemas"]["Plan"];
        };
        readonly Address: {
            /** @description The host that the network is on. */
            readonly host: string;
            readonly network: string;
            readonly address: string;
            readonly container: string;
            /**
             * @description fixed: declared. assigned: picked by Berth. engine: given to an unmanaged container by the engine.
             * @enum {string}
             */
            readonly origin: "fixed" | "assigned" | "engine";
            /** @description Whether a running container has it. */
            readonly inUse: boolean;
        };
        /** @description Credentials of a registry. They are never returned. */
        readonly RegistryInput: {
            /** @example ci */
            readonly username?: string;
            /** @description Password or access token. */
            readonly password?: string;
            /** @description Token of a `docker login` that stores no password; instead of username and password. */
            readonly identityToken?: string;
        };
        /** @description Credentials of a registry, without their secret. */
        readonly Registry: {
            /** @example registry.example.com:5000 */
            readonly host: string;
            readonly username: string | null;
            /** @description Rises by one each time that credentials are stored. */
            readonly version: number;
            /**
             * Format: date-time
             * @description When credentials were first stored.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When they were last stored.
             */
            readonly updatedAt: string;
            /** @description The containers whose image comes from this registry. */
            readonly usedBy: readonly string[];
            readonly conditions: readonly {
                /** @enum {string} */
                readonly type: "Usable";
                /** @enum {string} */
                readonly status: "True" | "False" | "Unknown";
                /** @description Stored; CredentialsExpire or CredentialsExpired for those that last only hours; SecretUnreadable if the key that sealed them is missing, and they have to be stored again. In a config.json: Configured, HelperInstalled, HelperMissing. */
                readonly reason: string;
                /** @description For a person. */
                readonly message: string;
            }[];
        };
        readonly SecretInput: {
            /** @description The value, at most 65536 bytes. It is never returned. */
            readonly value: string;
        };
        /** @description A secret without its value. */
        readonly Secret: {
            readonly name: string;
            /** @description Rises by one with each value that differs from the one before. */
            readonly version: number;
            /**
             * Format: date-time
             * @description When the secret was first stored.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When its value last changed.
             */
            readonly updatedAt: string;
            /** @description The containers that use it. */
            readonly usedBy: readonly string[];
            readonly conditions: readonly {
                /** @enum {string} */
                readonly type: "Usable";
                /** @enum {string} */
                readonly status: "True" | "False";
                /** @description Stored; SecretUnreadable if the key that sealed it is missing, and it has to be set again. */
                readonly reason: string;
                /** @description For a person. */
                readonly message: string;
            }[];
            readonly plan?: components["schemas"]["Plan"];
        };
        /** @description A run of a job. */
        readonly Run: {
            /** @description Unique among the runs of the job. */
            readonly id: string;
            /** @enum {string} */
            readonly trigger: "declaration" | "schedule" | "request";
            /**
             * @description pending, created: waits or is under way. missed: it was due and did not start. unknown: its container vanished, so nobody can know how it ended; it is not repeated.
             * @enum {string}
             */
            readonly state: "pending" | "created" | "succeeded" | "failed" | "deadline" | "replaced" | "cancelled" | "missed" | "unknown";
            /** @description Rises by one with each retry. */
            readonly attempt: number;
            /**
             * Format: date-time
             * @description When it was scheduled or requested for.
             */
            readonly dueAt: string;
            readonly startedAt: string | null;
            readonly finishedAt: string | null;
            readonly exitCode: number | null;
            /** @description Reason for its state, for a person. */
            readonly message: string;
            /** @description Name of the container of its last attempt. */
            readonly container: string;
            readonly log: string | null;
        };
        /** @description One change of a definition or on the engine. Values of variables are not included. */
        readonly Event: {
            /** @description Rises with every event. */
            readonly id: number;
            /**
             * Format: date-time
             * @description When the event was recorded.
             */
            readonly at: string;
            /** @enum {string} */
            readonly type: "Created" | "Updated" | "DeletionRequested" | "RestartRequested" | "Adopted" | "Removed" | "Step" | "StepFailed" | "RolledBack" | "ConditionChanged" | "Restored" | "Released" | "Discarded" | "LinksMoved" | "SecretStored" | "SecretRemoved" | "SecretsResealed" | "TokenCreated" | "TokenRevoked" | "Requested" | "Refused";
            /** @description Name of the definition; empty if the event concerns all of them. */
            readonly container: string;
            readonly uid: string;
            /** @description One CamelCase word, for programs. */
            readonly reason: string;
            /** @description For a person. */
            readonly message: string;
            /** @enum {string} */
            readonly by: "client" | "berth";
            readonly actor: string | null;
            readonly requestId: string | null;
            readonly before: {
                readonly [key: string]: unknown;
            } | null;
            readonly after: {
                readonly [key: string]: unknown;
            } | null;
        };
        /** @description A webhook as clients declare it. */
        readonly WebhookInput: {
            /**
             * @description The target, https:// or http://. For ntfy the URL of the topic. Never returned, except its origin.
             * @example https://hooks.example.com/berth
             */
            readonly url: string;
            /** @enum {string} */
            readonly format: "cloudevents" | "slack" | "discord" | "ntfy";
            /** @description For cloudevents the signing secret, `whsec_` and base64 of 24 to 64 bytes; for ntfy an access token, if the topic needs one. Never returned. */
            readonly secret?: string;
            /** @description Types of the events to send; by default all. */
            readonly events?: readonly ("Created" | "Updated" | "DeletionRequested" | "RestartRequested" | "Adopted" | "Removed" | "Step" | "StepFailed" | "RolledBack" | "ConditionChanged" | "Restored" | "Released" | "Discarded" | "LinksMoved" | "SecretStored" | "SecretRemoved" | "SecretsResealed" | "TokenCreated" | "TokenRevoked" | "Requested" | "Refused")[];
            /**
             * @description Names of the containers whose events to send; by default all, and events that concern no container.
             * @example [
             *       "web"
             *     ]
             */
            readonly containers?: readonly string[];
        };
        /** @description A webhook, without its URL and its secret. */
        readonly Webhook: {
            /** @example alerts */
            readonly name: string;
            readonly format: ("cloudevents" | "slack" | "discord" | "ntfy") | null;
            readonly origin: string | null;
            readonly hasSecret: boolean;
            readonly events: readonly string[] | null;
            readonly containers: readonly string[] | null;
            /** @description Rises by one each time that the webhook is declared. */
            readonly version: number;
            /**
             * Format: date-time
             * @description When the webhook was first declared.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When it was last declared.
             */
            readonly updatedAt: string;
            /** @description Id of the last event that was delivered, kept as dead or not wanted. */
            readonly cursor: number;
            readonly deliveredAt: string | null;
            readonly conditions: readonly {
                /** @enum {string} */
                readonly type: "Delivering";
                /** @enum {string} */
                readonly status: "True" | "False" | "Unknown";
                /** @description Delivering; DeliveryFailed while attempts fail; TargetRefused if the policy does not allow the address; HeldAfterRestore; SecretUnreadable if the key that sealed the webhook is missing, and it has to be declared again. */
                readonly reason: string;
                /** @description For a person. */
                readonly message: string;
            }[];
        };
        /** @description A delivery that failed for good: dead, or pending until it is sent again. */
        readonly WebhookDelivery: {
            readonly eventId: number;
            /** @description Type of the event. */
            readonly type: string;
            /** @description Name of the definition; empty if the event concerns all of them. */
            readonly container: string;
            /** @enum {string} */
            readonly state: "dead" | "pending";
            readonly attempts: number;
            /** @description Failure of the last attempt, for a person. */
            readonly error: string;
            /**
             * Format: date-time
             * @description Time of the last attempt.
             */
            readonly failedAt: string;
        };
        /** @description An event as a CloudEvent 1.0 in the structured JSON form. */
        readonly WebhookEvent: {
            /** @enum {string} */
            readonly specversion: "1.0";
            /** @description The same for every attempt; receivers recognise repeated deliveries by it. */
            readonly id: string;
            /**
             * @description `/berth/` and the instance.
             * @example /berth/5f0c
             */
            readonly source: string;
            /** @description `io.berth.event.` and the type of the event, or `io.berth.test`. */
            readonly type: string;
            /** @description Name of the container, if the event concerns one. */
            readonly subject?: string;
            /**
             * Format: date-time
             * @description When the event was recorded.
             */
            readonly time: string;
            /** @enum {string} */
            readonly datacontenttype: "application/json";
            readonly data: components["schemas"]["Event"];
        };
        readonly DockerRun: {
            /**
             * @description The command as typed into a shell: docker run or docker create with flags, image and command.
             * @example docker run -d -p 5000:5000 --name web training/webapp python app.py
             */
            readonly command: string;
            /** @description Shell variables: they replace $NAME, ~ (HOME) and -e NAME without a value. */
            readonly env?: {
                readonly [key: string]: string;
            };
            /**
             * @description Texts of the files that --env-file and --label-file name, by their paths as written there.
             * @example {
             *       "prod.env": "TOKEN=secret"
             *     }
             */
            readonly files?: {
                readonly [key: string]: string;
            };
            /**
             * @description The directory where the command is typed, an absolute path on the host. Relative host paths are resolved by it, and so are PWD, HOME and ~ unless `env` has them. Absent: the policy's projectDirectory.
             * @example /srv/apps/shop
             */
            readonly projectDirectory?: string;
        };
        readonly Compose: {
            /**
             * @description The text of the Compose file, or the texts of several files, which are merged in their order as by `docker compose -f a -f b`.
             * @example [
             *       "services: { web: { image: training/webapp } }",
             *       "services: { web: { ports: [\"5000:5000\"] } }"
             *     ]
             */
            readonly compose: string | readonly string[];
            /**
             * @description Texts of the files that the Compose file names, by their paths relative to it: `env_file`, `label_file`, `include` and `extends`. `.env` sets variables that are missing in `env`.
             * @example {
             *       ".env": "TAG=latest",
             *       "db.env": "MYSQL_ROOT_PASSWORD=secret"
             *     }
             */
            readonly files?: {
                readonly [key: string]: string;
            };
            /** @description Name of the project, which becomes the set. Absent: the file's own `name`. */
            readonly project?: string;
            /** @description Values for the variables in the file. */
            readonly env?: {
                readonly [key: string]: string;
            };
            /**
             * @description The directory of the file, an absolute path on the host. Relative host paths are resolved by it, and so are PWD, HOME and ~ unless `env` has them. Absent: the policy's projectDirectory.
             * @example /srv/apps/shop
             */
            readonly projectDirectory?: string;
            /** @description Profiles whose services are included; * includes all. Absent: those in the variable COMPOSE_PROFILES. */
            readonly profiles?: readonly string[];
        };
        /** @description A file of the Compose specification. */
        readonly ComposeFile: {
            readonly services: {
                readonly [key: string]: unknown;
            };
        } & {
            readonly [key: string]: unknown;
        };
        /** @description An imported definition with only the fields that were set. It can be sent unchanged. */
        readonly ReadDefinition: {
            /** @description --name. Absent: Berth generates a name such as elated_cohen. */
            readonly name?: string;
            /**
             * @description The image reference.
             * @example training/webapp:latest
             */
            readonly image: string;
            /**
             * @description --platform: platform of the image, as os/arch or os/arch/variant. Absent: the engine's. A foreign one needs an emulator on the host.
             * @example linux/amd64
             */
            readonly platform?: string;
            /**
             * @description Name of the service in its Compose file; other containers on its user-defined network can resolve it. Absent if it equals the container's name.
             * @example db
             */
            readonly service?: string;
            /**
             * @description CMD. Absent: the image's.
             * @example [
             *       "python",
             *       "app.py"
             *     ]
             */
            readonly command?: readonly string[];
            /**
             * @description --entrypoint. Absent: the image's.
             * @example [
             *       "/bin/sh",
             *       "-c"
             *     ]
             */
            readonly entrypoint?: readonly string[];
            /**
             * @description Variables whose values are secrets: the name of a secret by the name of the variable. A new version of the secret replaces the container.
             * @example {
             *       "DB_PASSWORD": "shop-db-password"
             *     }
             */
            readonly secretEnv?: {
                readonly [key: string]: string;
            };
            /**
             * @description -w
             * @example /srv
             */
            readonly workingDir?: string;
            /**
             * @description -u
             * @example www
             */
            readonly user?: string;
            /**
             * @description -h
             * @example web
             */
            readonly hostname?: string;
            /**
             * @description --domainname: the NIS domain name.
             * @example example.com
             */
            readonly domainname?: string;
            /**
             * @description --group-add: additional groups of the process, by name or id.
             * @example [
             *       "audio",
             *       "1001"
             *     ]
             */
            readonly groupAdd?: readonly string[];
            /** @description --init: the engine's init is process 1; it forwards signals and reaps processes. */
            readonly init?: boolean;
            /** @description -t: the process gets a terminal; its log then has no separate stderr. */
            readonly tty?: boolean;
            /** @description -i: standard input stays open, so that a shell waits instead of ending. */
            readonly stdinOpen?: boolean;
            /** @description --read-only: the container's root file system can't be written; volumes can. */
            readonly readOnly?: boolean;
            /**
             * @description --network-alias: additional names by which containers on its user-defined network can resolve it.
             * @example [
             *       "front"
             *     ]
             */
            readonly networkAliases?: readonly string[];
            /**
             * @description Several --network, in place of network and networkAliases. The first one carries the default route, where the engine can be told (Docker 28 and later).
             * @example [
             *       {
             *         "name": "front",
             *         "aliases": [
             *           "shop"
             *         ]
             *       },
             *       {
             *         "name": "back",
             *         "ipv4Address": "10.20.0.9"
             *       }
             *     ]
             */
            readonly networks?: readonly components["schemas"]["NetworkAttachment"][];
            /** @description A replacement keeps the networks that the container was connected to outside Berth. By default it drops them. */
            readonly keepNetworks?: boolean;
            /**
             * @description --add-host: entries of /etc/hosts, as name:address; host-gateway is the address of the engine's host.
             * @example [
             *       "host.docker.internal:host-gateway",
             *       "printer:192.0.2.7"
             *     ]
             */
            readonly extraHosts?: readonly string[];
            /**
             * @description --dns: addresses of resolvers. Absent: the engine's.
             * @example [
             *       "192.0.2.53"
             *     ]
             */
            readonly dns?: readonly string[];
            /**
             * @description --dns-search: domains that are searched for short names; "." for none.
             * @example [
             *       "lan"
             *     ]
             */
            readonly dnsSearch?: readonly string[];
            /**
             * @description --dns-option: options of /etc/resolv.conf.
             * @example [
             *       "ndots:1"
             *     ]
             */
            readonly dnsOptions?: readonly string[];
            /**
             * @description --mac-address
             * @example 92:d0:c6:0a:29:33
             */
            readonly macAddress?: string;
            /**
             * @description Files that Berth places in a new container before its first start. They lie in the container's own file system as plain text.
             * @example [
             *       {
             *         "path": "/etc/shop/shop.conf",
             *         "content": "debug = false\n"
             *       },
             *       {
             *         "path": "/run/secrets/db-password",
             *         "secret": "shop-db-password",
             *         "mode": "0400",
             *         "uid": 1000,
             *         "gid": 1000
             *       }
             *     ]
             */
            readonly files?: readonly {
                /** @description Absolute path in the container. Missing directories are created. */
                readonly path: string;
                /** @description Content as text, at most 65,536 bytes; or `secret`. Hidden from viewers. */
                readonly content?: string;
                /** @description Name of the secret that is the content; or `content`. */
                readonly secret?: string;
                /** @description Permissions, in octal. */
                readonly mode?: string;
                readonly uid?: number;
                readonly gid?: number;
            }[];
            /**
             * @description --tmpfs: file systems in memory, as path:options; empty at each start.
             * @example [
             *       "/run:size=64m,mode=1777"
             *     ]
             */
            readonly tmpfs?: readonly string[];
            /**
             * @description With a health check, here or in the image, a replacement must become healthy before it is kept. Without one it must run for a second; a later failure is not rolled back.
             * @example {
             *       "command": [
             *         "true"
             *       ],
             *       "intervalSeconds": 5,
             *       "timeoutSeconds": 2,
             *       "retries": 3,
             *       "startPeriodSeconds": 1,
             *       "startIntervalSeconds": 0.5
             *     }
             */
            readonly healthcheck?: {
                /** @description Argument vector; an empty list disables the image's health check. Docker's array forms work too: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE']. */
                readonly command: readonly string[];
                readonly intervalSeconds?: number;
                readonly timeoutSeconds?: number;
                readonly retries?: number;
                readonly startPeriodSeconds?: number;
                /** @description Interval during the start period. Needs version 1.44 of the Docker API (Docker 25). */
                readonly startIntervalSeconds?: number;
            };
            /**
             * @description restart: Berth restarts the container while its health check fails, with a growing wait between restarts.
             * @enum {string}
             */
            readonly onUnhealthy?: "none" | "restart";
            /**
             * @description --restart=on-failure:5: restarts after which the engine leaves the container down; 0: no limit.
             * @example 5
             */
            readonly restartMaxRetries?: number;
            /**
             * @description --log-driver: json-file, local and none are always allowed, others as far as the policy lists them (`logDrivers`). Without a log, GET …/logs answers with logs-unavailable.
             * @example local
             */
            readonly logDriver?: string;
            /**
             * @description --log-opt: options of the driver. Without max-size, json-file keeps three files of 10 MB. Viewers see no values.
             * @example {
             *       "max-size": "50m",
             *       "max-file": "5"
             *     }
             */
            readonly logOptions?: {
                readonly [key: string]: string;
            };
            /**
             * @description --memory-reservation, in bytes: what the kernel leaves the container when memory is short.
             * @example 33554432
             */
            readonly memoryReservation?: number;
            /**
             * @description --memory-swap, in bytes: memory and swap together; -1: no limit of swap. Absent: twice resources.memoryBytes.
             * @example -1
             */
            readonly memorySwap?: number;
            /**
             * @description --cpu-shares: relative weight from 1 to 262144; 1024 is the usual one.
             * @example 512
             */
            readonly cpuShares?: number;
            /**
             * @description --cpuset-cpus: the CPUs that it may run on, as 0-3 or 0,1.
             * @example 0
             */
            readonly cpusetCpus?: string;
            /**
             * @description --cpuset-mems: the memory nodes that it may use.
             * @example 0
             */
            readonly cpusetMems?: string;
            /**
             * @description --blkio-weight: relative weight of its block I/O, from 10 to 1000.
             * @example 500
             */
            readonly blkioWeight?: number;
            /** @description --shm-size: size of /dev/shm in bytes. */
            readonly shmSize?: number;
            /**
             * @description --ulimit: limits of its processes, as name=soft:hard; the last of a name counts.
             * @example [
             *       "nofile=1024:2048"
             *     ]
             */
            readonly ulimits?: readonly string[];
            /**
             * @description --sysctl: kernel settings of the container's own namespaces; others if the policy lists them.
             * @example {
             *       "net.core.somaxconn": "1024"
             *     }
             */
            readonly sysctls?: {
                readonly [key: string]: string;
            };
            /** @description --privileged: all capabilities and devices of the host, so root access to it, if the policy allows it. */
            readonly privileged?: boolean;
            /**
             * @description --security-opt: options that the policy lists, as name=value. Every container has no-new-privileges=true without it.
             * @example [
             *       "seccomp=unconfined"
             *     ]
             */
            readonly securityOpt?: readonly string[];
            /**
             * @description --gpus: devices that a driver of the engine provides, such as GPUs, if the policy lists them.
             * @example [
             *       {
             *         "count": -1,
             *         "capabilities": [
             *           "gpu"
             *         ]
             *       }
             *     ]
             */
            readonly deviceRequests?: readonly {
                /** @description Driver that provides the devices. Absent: the engine picks one. */
                readonly driver?: string;
                /** @description Number of devices; -1 for all. Not together with deviceIds. */
                readonly count?: number;
                /** @description Devices by the names that the driver has for them. */
                readonly deviceIds?: readonly string[];
                /** @description Options of the driver. */
                readonly options?: {
                    readonly [key: string]: string;
                };
                /** @description Capabilities that the devices must have. By default gpu; none with the driver cdi. */
                readonly capabilities?: readonly string[];
            }[];
            /**
             * @description --runtime: a runtime of the engine that the policy lists. Absent, or runc: the engine's default.
             * @example nvidia
             */
            readonly runtime?: string;
            /**
             * @description --cap-drop: capabilities that it lacks; ALL for every one.
             * @example [
             *       "ALL"
             *     ]
             */
            readonly capDrop?: readonly string[];
            /**
             * @description --cap-add: additional capabilities, each as the policy lists it.
             * @example [
             *       "NET_ADMIN"
             *     ]
             */
            readonly capAdd?: readonly string[];
            /**
             * @description --device: devices of the host that the policy lists, as source:target:rwm.
             * @example [
             *       "/dev/snd:/dev/snd:rwm"
             *     ]
             */
            readonly devices?: readonly string[];
            /**
             * @description --device-cgroup-rule: devices that it may create, each as the policy lists it.
             * @example [
             *       "c 10:200 rwm"
             *     ]
             */
            readonly deviceCgroupRules?: readonly string[];
            /**
             * @description --pid: host for the host's processes, if the policy allows it.
             * @example host
             */
            readonly pidMode?: string;
            /**
             * @description --ipc: none, or host for the host's shared memory, if the policy allows it.
             * @example none
             */
            readonly ipcMode?: string;
            /**
             * @description --uts: host for the host's names, if the policy allows it.
             * @example host
             */
            readonly utsMode?: string;
            /**
             * @description --userns: host for the host's users, if the policy allows it.
             * @example host
             */
            readonly usernsMode?: string;
            /**
             * @description --oom-score-adj: from -1000 to 1000; a higher score is killed earlier. The policy limits lower ones.
             * @example 500
             */
            readonly oomScoreAdj?: number;
            /** @example SIGTERM */
            readonly stopSignal?: string;
            /**
             * @description Containers that have to meet a condition before Berth starts this one. One that runs is never stopped for them.
             * @example [
             *       {
             *         "container": "db",
             *         "condition": "healthy"
             *       }
             *     ]
             */
            readonly dependsOn?: readonly components["schemas"]["Dependency"][];
            /**
             * @description engine: the engine starts it at boot, without waiting for dependsOn. held: only Berth starts it, in order; it stays down while Berth is down.
             * @enum {string}
             */
            readonly boot?: "engine" | "held";
            /**
             * @description What happens when the tag moves in its registry. notify: the condition ImageUpdateAvailable reports it. automatic: Berth replaces the container, and rolls back if that fails. manual: the registry is not asked.
             * @enum {string}
             */
            readonly updatePolicy?: "manual" | "notify" | "automatic";
            /** @description Time between two checks of the tag, varied by a tenth. At least 10. */
            readonly updateIntervalSeconds?: number;
            /**
             * @description Time of day in which automatic updates may begin; at any time without it.
             * @example {
             *       "from": "02:00",
             *       "to": "05:00",
             *       "timeZone": "Europe/Berlin"
             *     }
             */
            readonly updateWindow?: {
                /**
                 * @description Begin, as HH:MM.
                 * @example 02:00
                 */
                readonly from: string;
                /**
                 * @description End, as HH:MM; before `from` for a window over midnight.
                 * @example 05:00
                 */
                readonly to: string;
                /**
                 * @description IANA time zone of both times.
                 * @example Europe/Berlin
                 */
                readonly timeZone?: string;
            };
            /** @description Confirms that its writable volumes survive an automatic update and its roll-back: Berth brings back the previous image, never previous data. */
            readonly stateful?: boolean;
            /**
             * @description service: it keeps running. job: it runs to completion, each run in a container of its own.
             * @enum {string}
             */
            readonly kind?: "service" | "job";
            /**
             * @description Times that a failed run of a job is tried again; the first after 10 s, then ever later.
             * @example 2
             */
            readonly retries?: number;
            /**
             * @description Time that a run of a job may take, retries included. Absent: any.
             * @example 3600
             */
            readonly deadlineSeconds?: number;
            /**
             * @description Time that the container of an ended run is kept. Of each job at most ten are kept.
             * @example 3600
             */
            readonly keepSeconds?: number;
            /**
             * @description Times at which a job runs. Absent: it runs once for each generation.
             * @example {
             *       "cron": "30 2 * * *",
             *       "timeZone": "Europe/Berlin",
             *       "concurrency": "forbid"
             *     }
             */
            readonly schedule?: {
                /**
                 * @description Minute, hour, day of month, month and day of week.
                 * @example 30 2 * * *
                 */
                readonly cron: string;
                /** @description A run that is later than this is missed instead of caught up. Absent: the latest one is caught up. */
                readonly startingDeadlineSeconds?: number;
                /**
                 * @description IANA name.
                 * @example Europe/Berlin
                 */
                readonly timeZone?: string;
                /**
                 * @description When a run is due while another is under way. allow: both run. forbid: the new one is missed. replace: the old one is stopped.
                 * @enum {string}
                 */
                readonly concurrency?: "allow" | "forbid" | "replace";
                /** @description true: no scheduled run starts. */
                readonly suspend?: boolean;
            };
            /**
             * @description -e: variables by name.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly env?: {
                readonly [key: string]: string;
            };
            /**
             * @description --expose: 3306, 3306/tcp, 8000-8010/udp.
             * @example [
             *       "8000-8002/udp"
             *     ]
             */
            readonly expose?: readonly string[];
            /** @description -P: publish all ports that the image exposes. */
            readonly publishAll?: boolean;
            /**
             * @description -p, as a string or an object.
             * @example [
             *       {
             *         "hostIp": "127.0.0.1",
             *         "hostPortRange": "49000-49900",
             *         "containerPort": 5000
             *       },
             *       "53/udp"
             *     ]
             */
            readonly ports?: readonly (string | components["schemas"]["PortMapping"])[];
            /**
             * @description --link: name, name:alias, or an object.
             * @example [
             *       "db",
             *       {
             *         "container": "cache",
             *         "alias": "store",
             *         "env": "address"
             *       }
             *     ]
             */
            readonly links?: readonly (string | components["schemas"]["Link"])[];
            /** @description --network: bridge, or a network that Berth creates and removes; none; or host, if the policy allows the host's network. */
            readonly network?: string;
            /**
             * @description -v: named volumes, and host paths that the policy allows.
             * @example [
             *       {
             *         "volume": "data",
             *         "target": "/data",
             *         "readOnly": true
             *       },
             *       {
             *         "volume": "/srv/apps/web",
             *         "target": "/srv/web",
             *         "createHostPath": true,
             *         "propagation": "rslave",
             *         "selinux": "z"
             *       },
             *       {
             *         "volume": "cache",
             *         "target": "/cache",
             *         "noCopy": true,
             *         "subpath": "web",
             *         "labels": {
             *           "tier": "web"
             *         },
             *         "driverOptions": {
             *           "type": "tmpfs",
             *           "device": "tmpfs",
             *           "o": "size=100m"
             *         }
             *       }
             *     ]
             */
            readonly volumes?: readonly {
                /** @description Name of a volume, which is created if it does not exist; or an absolute path on the host, if the policy allows it (`hostPaths`). */
                readonly volume: string;
                /** @description Mount point in the container, an absolute path. */
                readonly target: string;
                readonly readOnly?: boolean;
                /** @description Host paths: create an empty directory if nothing is there, as -v does. By default the creation then fails. */
                readonly createHostPath?: boolean;
                /**
                 * @description Host paths: direction in which later mounts below the path propagate between the host and the container. By default rprivate: neither. For shared and rshared the policy must allow it (`sharedMounts`).
                 * @enum {string}
                 */
                readonly propagation?: "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave";
                /**
                 * @description Host paths: relabel the files for SELinux, for all containers (z) or this one (Z). Needs createHostPath.
                 * @enum {string}
                 */
                readonly selinux?: "z" | "Z";
                /** @description Volumes: don't fill a new one with the image's files at the target. */
                readonly noCopy?: boolean;
                /** @description Volumes: mount this directory of the volume, which must exist. Needs version 1.45 of the Docker API (Docker 26). */
                readonly subpath?: string;
                /** @description Volumes: driver that creates it. By default local; others as far as the policy lists them (`volumeDrivers`). */
                readonly driver?: string;
                /** @description Volumes: options of the driver when it creates the volume. Those of local mount something else: a path of the host needs `hostPaths` of the policy, a network file system `volumeDrivers`. Viewers see no values. */
                readonly driverOptions?: {
                    readonly [key: string]: string;
                };
                /** @description Volumes: labels when it is created. */
                readonly labels?: {
                    readonly [key: string]: string;
                };
            }[];
            /**
             * @description --label: values by key. io.berth. is reserved.
             * @example {
             *       "KEY": "value"
             *     }
             */
            readonly labels?: {
                readonly [key: string]: string;
            };
            /** @enum {string} */
            readonly restartPolicy?: "always" | "on-failure" | "no";
            /**
             * @example {
             *       "memoryBytes": 67108864,
             *       "cpus": 0.5,
             *       "pids": 100
             *     }
             */
            readonly resources?: {
                /** @description At least 6 MiB, the minimum of the engine. */
                readonly memoryBytes?: number;
                readonly cpus?: number;
                /** @description --pids-limit; -1: no limit, if the policy allows it. */
                readonly pids?: number;
            };
            /** @enum {string} */
            readonly pullPolicy?: "missing" | "always" | "never";
            readonly stopTimeoutSeconds?: number;
            /**
             * @description What happens to this container when a link's source is replaced or gets another address.
             * @enum {string}
             */
            readonly onLinkChange?: "recreate" | "ignore";
            /** @enum {string} */
            readonly state?: "running" | "stopped";
        };
        /** @description The imported definitions. With ?apply=true they are stored. */
        readonly Imported: {
            readonly set: string | null;
            /** @description The networks of the file that need more than a name. ?apply=true declares them with the definitions, as PUT /v1/networks/{name} does. */
            readonly networks?: readonly {
                readonly name: string;
                /**
                 * @description IPv4 subnet. Absent: Berth picks one from its pool (BERTH_NETWORK_POOL) and keeps it.
                 * @example 10.20.0.0/24
                 */
                readonly subnet?: string;
                /**
                 * @description Absent: the first address of the subnet.
                 * @example 10.20.0.1
                 */
                readonly gateway?: string;
                /** @description Also give containers IPv6 addresses, from a picked subnet. */
                readonly ipv6?: boolean;
                /**
                 * @description IPv6 subnet; implies ipv6.
                 * @example fd00:20::/64
                 */
                readonly ipv6Subnet?: string;
                /**
                 * @description Absent: the first address after that of the subnet.
                 * @example fd00:20::1
                 */
                readonly ipv6Gateway?: string;
                /** @description Without a route out of the host; published ports lead nowhere. */
                readonly internal?: boolean;
                /**
                 * @description Absent: the engine's default, 1500.
                 * @example 1450
                 */
                readonly mtu?: number;
                /**
                 * @description Options of the bridge driver; only those that do not reach the host are allowed.
                 * @example {
                 *       "com.docker.network.bridge.enable_icc": "true"
                 *     }
                 */
                readonly driverOptions?: {
                    readonly [key: string]: string;
                };
                /**
                 * @description Labels of the network on the engine. io.berth. is reserved.
                 * @example {
                 *       "KEY": "value"
                 *     }
                 */
                readonly labels?: {
                    readonly [key: string]: string;
                };
                /** @description Use a network that exists on the engine and that Berth never changes. It takes no other field, and gives no stable addresses. */
                readonly external?: boolean;
            }[];
            /** @description The imported definitions; they can be sent to /v1/apply unchanged. */
            readonly containers: readonly components["schemas"]["ReadDefinition"][];
            /** @description Everything in the input that the definitions do not contain. Nothing is dropped silently. */
            readonly unsupported: readonly {
                /**
                 * @description A flag, or a JSON pointer into the file.
                 * @example --gpus
                 */
                readonly at: string;
                /**
                 * @description A JSON pointer to the text in the request body that has it, if the body has several.
                 * @example /compose/1
                 */
                readonly file?: string;
                /** @description The value as written. */
                readonly value: string;
                /**
                 * @description ignored: does not affect the running container, or is read as Docker reads it and may not be what you meant. unsupported: the container differs without it.
                 * @enum {string}
                 */
                readonly effect: "ignored" | "unsupported";
                /** @description Why it is not supported, and what to do instead. */
                readonly reason: string;
            }[];
            /**
             * @deprecated
             * @description The former name of `unsupported`, with the same content.
             */
            readonly left: readonly {
                /**
                 * @description A flag, or a JSON pointer into the file.
                 * @example --gpus
                 */
                readonly at: string;
                /**
                 * @description A JSON pointer to the text in the request body that has it, if the body has several.
                 * @example /compose/1
                 */
                readonly file?: string;
                /** @description The value as written. */
                readonly value: string;
                /**
                 * @description ignored: does not affect the running container, or is read as Docker reads it and may not be what you meant. unsupported: the container differs without it.
                 * @enum {string}
                 */
                readonly effect: "ignored" | "unsupported";
                /** @description Why it is not supported, and what to do instead. */
                readonly reason: string;
            }[];
            readonly applied?: components["schemas"]["Applied"];
        };
        /** @description Result of a restore. */
        readonly Restored: {
            readonly takenAt: string | null;
            /** @description Instance id in the owner labels; after the restore it is that of the backup. */
            readonly instance: string;
            /** @description Number of definitions in the backup. */
            readonly restored: number;
            /** @description Number of definitions replaced. */
            readonly replaced: number;
            /** @description Secrets of the backup that none of the keys here opens. Store them again, or put back the key file that they were sealed with. */
            readonly unreadable: readonly {
                /** @enum {string} */
                readonly kind: "registry" | "secret" | "webhook";
                readonly name: string;
            }[];
            /** @description True if this was a dry run and nothing was changed. */
            readonly dryRun: boolean;
        };
        /** @description State of the pause after a restore. `plan` is what a release would do; null if the reconciler is not paused or the engine is not reachable. */
        readonly Held: {
            /** @description True while the reconciler waits for a release. */
            readonly held: boolean;
            readonly reason: ("restored" | "replaced" | "older") | null;
            readonly since: string | null;
            readonly takenAt: string | null;
            readonly plan: components["schemas"]["Plan"] | null;
            /** @description Orphaned containers: they belong to this instance, but no definition matches them. */
            readonly strays: readonly {
                readonly id: string;
                readonly name: string;
                /** @description The definition that the container was made for. */
                readonly uid: string;
                readonly generation: number;
                /**
                 * @description State reported by the engine.
                 * @example running
                 */
                readonly state: string;
                readonly ports: readonly components["schemas"]["Binding"][];
            }[];
            /** @description Definitions whose container was made from a later generation than the definition has. */
            readonly later: readonly {
                readonly container: string;
                readonly generation: number;
                /** @description Generation that the container was made from. */
                readonly containerGeneration: number;
            }[];
            /** @description Containers that the restored database lists as adopted, but that this server never adopted. They stay untouched, even after a release, until POST /v1/adopt adopts them again. */
            readonly unverified: readonly {
                /** @description The restored definition that claims to have adopted the container. */
                readonly definition: string;
                readonly id: string;
                readonly name: string;
                /**
                 * @description State reported by the engine.
                 * @example running
                 */
                readonly state: string;
            }[];
        };
        readonly Release: {
            /**
             * @description What to do with the orphaned containers of this instance.
             * @default keep
             * @enum {string}
             */
            readonly strays?: "keep" | "remove";
        };
        readonly Released: {
            /** @enum {boolean} */
            readonly held: false;
            /** @description Orphaned containers that are being removed. */
            readonly strays: readonly {
                readonly id: string;
                readonly name: string;
                /** @description The definition that the container was made for. */
                readonly uid: string;
                readonly generation: number;
                /**
                 * @description State reported by the engine.
                 * @example running
                 */
                readonly state: string;
                readonly ports: readonly components["schemas"]["Binding"][];
            }[];
        };
        /** @description The limits that the policy sets on definitions. */
        readonly Policy: {
            readonly file: string | null;
            /**
             * Format: date-time
             * @description When the policy was last read.
             */
            readonly readAt: string;
            readonly policy: {
                /** @description Host addresses on which ports may be published. */
                readonly publish: ("any" | "loopback") | readonly string[];
                readonly images: {
                    /** @description Registries that images may come from, as host[:port]. */
                    readonly registries: "any" | readonly string[];
                };
                /** @description Host paths that may be mounted; /** at the end means everything below. */
                readonly hostPaths: readonly string[];
                /** @description Whether host paths may have the propagation shared. */
                readonly sharedMounts: boolean;
                /** @description Volume drivers beside local, and file systems that it may mount, as local:nfs. */
                readonly volumeDrivers: readonly string[];
                readonly projectDirectory: string | null;
                /**
                 * @description What links may pass on of the source's environment.
                 * @enum {string}
                 */
                readonly linkEnv: "all" | "address";
                /** @description Log drivers that may be used beside json-file, local and none. */
                readonly logDrivers: readonly string[];
                /** @description Capabilities that may be added. */
                readonly capabilities: readonly string[];
                /** @description Host devices that may be used, and rules of others. */
                readonly devices: readonly string[];
                /** @description Namespaces of the host that may be shared. */
                readonly hostNamespaces: readonly ("pid" | "ipc" | "uts" | "userns" | "network")[];
                /** @description Lowest score of the kernel's OOM killer. */
                readonly oomScoreAdj: number;
                /** @description True if containers may be privileged. */
                readonly privileged: boolean;
                /** @description Security options that containers may have. */
                readonly securityOptions: readonly string[];
                /** @description Kernel settings of the host that may be set. */
                readonly sysctls: readonly string[];
                /** @description True if containers may have any number of processes. */
                readonly unlimitedPids: boolean;
                /** @description Capabilities of devices that may be requested, and names of CDI devices. */
                readonly deviceRequests: readonly string[];
                /** @description Addresses and subnets that webhooks may be sent to beside public and private ones. */
                readonly webhookTargets: readonly string[];
                /** @description Runtimes that may be used beside the engine's default. */
                readonly runtimes: readonly string[];
                /** @description Most retries of a run, and the shortest time between two scheduled runs. */
                readonly jobs: {
                    readonly maxRetries: number;
                    readonly minIntervalSeconds: number;
                };
            };
            /** @description Existing definitions that the policy would refuse. They keep running unchanged. */
            readonly violations: readonly {
                readonly container: string;
                readonly errors: readonly {
                    /** @description JSON pointer into the definition. */
                    readonly pointer: string;
                    readonly message: string;
                }[];
            }[];
        };
        readonly Claim: {
            /** @description null: all interfaces. */
            readonly hostIp: string | null;
            readonly hostPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            readonly containerPort: number;
            readonly container: string;
            /**
             * @description fixed: declared. assigned: picked by Berth. publishAll: picked for publishAll. foreign: bound by an unmanaged container.
             * @enum {string}
             */
            readonly origin: "fixed" | "assigned" | "publishAll" | "foreign";
            /** @description Whether the engine has bound the port. */
            readonly bound: boolean;
        };
        readonly PortCheck: {
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            /** @description null if the check is inconclusive. */
            readonly reachable: boolean | null;
            /**
             * @description open: something answered. refused: nothing listens. unreachable: there is no route to it. no-answer: nothing came back, which is inconclusive for UDP. failed: the attempt itself failed. not-tried: see the message.
             * @enum {string}
             */
            readonly outcome: "open" | "refused" | "unreachable" | "no-answer" | "failed" | "not-tried";
            /** @description Time until the answer; null without an answer. */
            readonly milliseconds: number | null;
            /** @description Explanation for a person; empty if all is well. */
            readonly message: string;
        };
        /** @description Result of checking a link from inside its recipient. */
        readonly LinkCheck: {
            /** @description The recipient, from whose network the link is checked. */
            readonly container: string;
            readonly alias: string;
            readonly source: string;
            /**
             * @description State of the link, as in the topology.
             * @enum {string}
             */
            readonly state: "resolved" | "stale" | "waiting" | "missing" | "unknown";
            /** @description Current address of the source; null while it is not running. */
            readonly address: string | null;
            /** @description Result of resolving the alias inside the recipient. */
            readonly resolved: {
                /** @description In the order in which a process gets them. */
                readonly addresses: readonly string[];
                readonly milliseconds: number;
            };
            /** @description true: every port is reachable. false: at least one is not, or the check was not possible. null: inconclusive. */
            readonly reachable: boolean | null;
            /** @description Explanation for a person; empty if all is well. */
            readonly message: string;
            /** @description The ports that the source exposes or publishes. */
            readonly ports: readonly components["schemas"]["PortCheck"][];
        };
        readonly PortReach: {
            /** @description Host address that the port is bound to; null means all IPv4 addresses. */
            readonly hostIp: string | null;
            readonly hostPort: number;
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            /** @description null if the check is inconclusive. */
            readonly reachable: boolean | null;
            /**
             * @description Reachable: clients get through. PortUnreachable: the container answers at its own address, but not through the host port. NotListening: nothing listens in the container. NoAnswer: the container does not answer, which is inconclusive for UDP. NotTried: see the message.
             * @enum {string}
             */
            readonly reason: "Reachable" | "PortUnreachable" | "NotListening" | "NoAnswer" | "NotTried";
            /** @description Host address that was tried; null if the host has none. */
            readonly address: string | null;
            /**
             * @description Result of the attempt on the host port, made from the host itself; values as in a link check.
             * @enum {string}
             */
            readonly outcome: "open" | "refused" | "unreachable" | "no-answer" | "failed" | "not-tried";
            /** @description Time until the answer; null without an answer. */
            readonly milliseconds: number | null;
            /** @description Cause and remedy for a person; often empty if all is well. */
            readonly message: string;
        };
        /** @description Result of checking a container's published ports from the host. */
        readonly PortsCheck: {
            readonly container: string;
            /** @description true: every port is reachable. false: at least one is not. null: inconclusive, or no port is published. */
            readonly reachable: boolean | null;
            /** @description Explanation for a person; empty if all is well. */
            readonly message: string;
            /** @description All host ports that the engine has bound. */
            readonly ports: readonly components["schemas"]["PortReach"][];
        };
        /** @description A network, which groups its containers. */
        readonly NetworkNode: {
            /** @enum {string} */
            readonly kind: "network";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            readonly name: string;
        };
        readonly ContainerNode: {
            /** @enum {string} */
            readonly kind: "container";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            readonly name: string;
            readonly image: string;
            readonly network: string;
            /** @description The set that apply declared the definition in. */
            readonly set: string | null;
            /** @description State reported by the engine, or absent. */
            readonly state: string;
            /**
             * @description Status of the condition Ready.
             * @enum {string}
             */
            readonly ready: "True" | "False" | "Unknown";
            /** @description Reason of the condition Ready: one CamelCase word, for programs. */
            readonly reason: string;
            /** @description For a person. */
            readonly message: string;
        };
        /** @description A claimed host port. */
        readonly HostPortNode: {
            /** @enum {string} */
            readonly kind: "host-port";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            /** @description null: all interfaces. */
            readonly hostIp: string | null;
            readonly hostPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
        };
        /** @description An unmanaged container that is the source of a link or has bound a claimed host port. */
        readonly ForeignNode: {
            /** @enum {string} */
            readonly kind: "foreign";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            readonly name: string;
            readonly state: string;
        };
        /** @description A link source that is not defined. */
        readonly MissingNode: {
            /** @enum {string} */
            readonly kind: "missing";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            readonly name: string;
        };
        readonly LinkEdge: {
            /** @enum {string} */
            readonly kind: "link";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            /** @description Id of the recipient. */
            readonly from: string;
            /** @description Id of the source. */
            readonly to: string;
            readonly alias: string;
            /** @enum {string} */
            readonly env: "all" | "address" | "none";
            /**
             * @description resolved: the recipient can resolve the alias (on the default bridge Berth has read the line in /etc/hosts). stale: the recipient has an older address or none. waiting: the source or the recipient is not running yet. missing: the source is not defined. unknown: the engine is not reachable, or /etc/hosts was not read yet.
             * @enum {string}
             */
            readonly state: "resolved" | "stale" | "waiting" | "missing" | "unknown";
        };
        readonly PublishedEdge: {
            /** @enum {string} */
            readonly kind: "published";
            /** @description Stable id, also in the SVG. */
            readonly id: string;
            /** @description Id of the host port. */
            readonly from: string;
            /** @description Id of the container. */
            readonly to: string;
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            /** @description Whether the engine has bound the port; null if unknown. */
            readonly bound: boolean | null;
        };
        /** @description The graph of ports and links. */
        readonly Topology: {
            /** @description Networks, containers, host ports, unmanaged containers and missing sources, each sorted by name or number. */
            readonly nodes: readonly (components["schemas"]["NetworkNode"] | components["schemas"]["ContainerNode"] | components["schemas"]["HostPortNode"] | components["schemas"]["ForeignNode"] | components["schemas"]["MissingNode"])[];
            readonly edges: readonly (components["schemas"]["LinkEdge"] | components["schemas"]["PublishedEdge"])[];
        };
        /** @description Links that move off the default bridge. `plan` has the steps that are left; null while the engine is not reachable. */
        readonly LinkMigration: {
            /** @description True if this was a dry run and nothing was changed. */
            readonly dryRun: boolean;
            /** @description The network that linked definitions run on from then on. */
            readonly network: string;
            /** @description The linked definitions on the default bridge, sources before their recipients. */
            readonly containers: readonly string[];
            readonly plan: components["schemas"]["Plan"] | null;
        };
        /** @description A token. Its secret is shown once and not stored. */
        readonly Token: {
            readonly id: string;
            /** @description Events show it as `actor`. */
            readonly name: string;
            /**
             * @description viewer: reads, but does not see the values of variables. operator: also declares containers and looks inside them. admin: everything.
             * @enum {string}
             */
            readonly role: "viewer" | "operator" | "admin";
            readonly createdAt: string | null;
            readonly expiresAt: string | null;
            /**
             * @description configured: the server's own token, from its data folder or BERTH_TOKEN. It can't be revoked here.
             * @enum {string}
             */
            readonly origin: "api" | "configured";
        };
        readonly TokenInput: {
            /** @description Unique name of the token. */
            readonly name: string;
            /**
             * @description viewer: reads, but does not see the values of variables. operator: also declares containers and looks inside them. admin: everything.
             * @enum {string}
             */
            readonly role: "viewer" | "operator" | "admin";
            /** @description Seconds until the token expires; by default it never does. */
            readonly expiresInSeconds?: number;
        };
        readonly ContainerPage: {
            readonly items: readonly components["schemas"]["Container"][];
            readonly next: string | null;
            readonly nextCursor: string | null;
        };
        readonly RunList: {
            readonly items: readonly components["schemas"]["Run"][];
        };
        readonly ContainerLinks: {
            readonly outgoing: readonly (components["schemas"]["ResolvedLink"] & {
                /** @enum {string} */
                readonly env: "all" | "address" | "none";
            })[];
            readonly incoming: readonly (components["schemas"]["LinkedBy"] & {
                /** @enum {string} */
                readonly env: "all" | "address" | "none";
            })[];
        };
        readonly ContainerEnv: {
            readonly env: {
                readonly [key: string]: string;
            };
            /** @description Names of the variables that come from links. */
            readonly fromLinks: readonly string[];
        };
        readonly ContainerHosts: {
            /** @description The exact text of the file. */
            readonly text: string;
            readonly entries: readonly {
                readonly address: string;
                readonly names: readonly string[];
            }[];
        };
        readonly EngineInspection: {
            readonly [key: string]: unknown;
        };
        readonly PortList: {
            readonly items: readonly components["schemas"]["Binding"][];
        };
        readonly PortClaimList: {
            readonly items: readonly components["schemas"]["Claim"][];
            /** @description True if no known container has the port, on any address, for the requested protocol (default tcp). */
            readonly free?: boolean;
        };
        readonly NetworkList: {
            readonly items: readonly components["schemas"]["Network"][];
        };
        readonly AddressList: {
            readonly items: readonly components["schemas"]["Address"][];
        };
        readonly Stats: {
            /**
             * Format: date-time
             * @description Time of the reading, by the clock of the engine.
             */
            readonly readAt: string;
            readonly cpu: {
                readonly percent: number | null;
                readonly onlineCpus: number;
                /** @description Since the start of the container, like all counters. */
                readonly usedNanoseconds: number;
                readonly kernelNanoseconds: number;
                readonly userNanoseconds: number;
                /** @description Time for which the container was throttled by its CPU limit. */
                readonly throttledNanoseconds: number;
            };
            readonly memory: {
                /** @description Excludes cache that the kernel can drop immediately. */
                readonly usedBytes: number;
                readonly withCacheBytes: number;
                /** @description The memory limit, or the host's memory if there is no limit. */
                readonly limitBytes: number;
                /** @description usedBytes as a percentage of limitBytes. */
                readonly percent: number;
            } | null;
            readonly network: {
                readonly receivedBytes: number;
                readonly sentBytes: number;
                readonly receivedPackets: number;
                readonly sentPackets: number;
                readonly receivedDropped: number;
                readonly sentDropped: number;
            } | null;
            readonly blockIo: {
                readonly readBytes: number;
                readonly writtenBytes: number;
            };
            readonly pids: {
                readonly current: number;
                readonly limit: number | null;
            };
        };
        readonly ExecResult: {
            readonly exitCode: number | null;
            readonly stdout: string;
            readonly stderr: string;
            /** @description True if stdout or stderr exceeded 1 MiB; the rest was dropped. */
            readonly truncated: boolean;
            readonly timedOut: boolean;
            /** @description True if the command could not be killed, because its image has no shell. */
            readonly stillRunning: boolean;
        };
        readonly ImageList: {
            readonly items: readonly {
                readonly id: string;
                /** @description Tags of the image. */
                readonly tags: readonly string[];
                /** @description Digests of the image; empty if it came from no registry. */
                readonly digests: readonly string[];
                /** @description Unpacked size in bytes, including layers shared with other images. */
                readonly sizeBytes: number;
                /** Format: date-time */
                readonly createdAt: string;
                /** @description Definitions that name the image, or whose container was made from it. */
                readonly usedBy: readonly string[];
            }[];
        };
        readonly DiskUsage: {
            /** @description Largest first. */
            readonly images: readonly {
                readonly id: string;
                readonly tags: readonly string[];
                readonly digests: readonly string[];
                /** @description Unpacked size in bytes, including layers shared with other images. */
                readonly sizeBytes: number;
                readonly sharedBytes: number | null;
                /** @description Definitions that use it. */
                readonly usedBy: readonly string[];
            }[];
            /** @description Largest first. */
            readonly volumes: readonly {
                readonly name: string;
                readonly sizeBytes: number | null;
                /** @description Definitions that use it. */
                readonly usedBy: readonly string[];
            }[];
            /** @description Containers of definitions. */
            readonly containers: readonly {
                readonly name: string;
                /** @description What it has written to its own file system. */
                readonly writtenBytes: number;
            }[];
            /** @description Logs of definitions. Engines report no size of a log, only its bound is known. */
            readonly logs: readonly {
                readonly name: string;
                readonly maxBytes: number | null;
            }[];
        };
        readonly PulledImage: {
            /** @description Image reference with its tag. */
            readonly image: string;
            readonly imageId: string;
            readonly digest: string | null;
        };
        readonly RegistryList: {
            readonly items: readonly components["schemas"]["Registry"][];
            readonly dockerConfig: {
                readonly file: string;
                readonly fault: string | null;
                readonly registries: readonly {
                    /** @description `*`: every other registry. */
                    readonly host: string;
                    readonly username: string | null;
                    readonly helper: string | null;
                    readonly conditions: readonly {
                        /** @enum {string} */
                        readonly type: "Usable";
                        /** @enum {string} */
                        readonly status: "True" | "False" | "Unknown";
                        /** @description Stored; CredentialsExpire or CredentialsExpired for those that last only hours; SecretUnreadable if the key that sealed them is missing, and they have to be stored again. In a config.json: Configured, HelperInstalled, HelperMissing. */
                        readonly reason: string;
                        /** @description For a person. */
                        readonly message: string;
                    }[];
                }[];
            } | null;
        };
        readonly SecretList: {
            readonly items: readonly components["schemas"]["Secret"][];
        };
        readonly WebhookList: {
            readonly items: readonly components["schemas"]["Webhook"][];
        };
        readonly WebhookDeliveryList: {
            readonly items: readonly components["schemas"]["WebhookDelivery"][];
            readonly next: number | null;
        };
        readonly ResentDeliveries: {
            /** @description Number of deliveries. */
            readonly pending: number;
        };
        readonly WebhookTest: {
            readonly delivered: boolean;
            readonly status: number | null;
            readonly error: string | null;
        };
        readonly EngineInformation: {
            /** @description docker or podman; null before the first connection. */
            readonly kind: string | null;
            /** @description Version of the engine. */
            readonly version: string | null;
            /** @description API version that Berth uses. */
            readonly apiVersion: string | null;
            /** @description Address of the engine. */
            readonly address: string;
            readonly reachable: boolean;
            /**
             * Format: date-time
             * @description When `reachable` last changed.
             */
            readonly since: string;
            /** @description Why the engine is not reachable; null while it is. */
            readonly message: string | null;
            /** @description Set while the engine's disk is full: running containers are left alone, and pulls and creations wait (EngineDiskFull) except for an occasional attempt. */
            readonly diskFull: {
                /** Format: date-time */
                readonly since: string;
                /** @description The engine's own message. */
                readonly message: string;
            } | null;
        };
        readonly EventPage: {
            readonly items: readonly components["schemas"]["Event"][];
            readonly next: number;
        };
        readonly SecretsKey: {
            /** @description Id of the key that seals new values: a digest, which reveals nothing of it. */
            readonly current: string;
            /** @description The keys of the file, the newest first. A key without values is needed only for old backups. */
            readonly keys: readonly {
                readonly id: string;
                /** @description Number of stored values that this key sealed. */
                readonly values: number;
            }[];
            /** @description Values that none of the keys opens. They have to be stored again, or their key put back. */
            readonly unreadable: readonly {
                /** @enum {string} */
                readonly kind: "registry" | "secret" | "webhook";
                readonly name: string;
            }[];
        };
        readonly RotatedSecretsKey: {
            /** @description Id of the key that seals new values: a digest, which reveals nothing of it. */
            readonly current: string;
            /** @description The keys of the file, the newest first. A key without values is needed only for old backups. */
            readonly keys: readonly {
                readonly id: string;
                /** @description Number of stored values that this key sealed. */
                readonly values: number;
            }[];
            /** @description Values that none of the keys opens. They have to be stored again, or their key put back. */
            readonly unreadable: readonly {
                /** @enum {string} */
                readonly kind: "registry" | "secret" | "webhook";
                readonly name: string;
            }[];
            /** @description Number of values that another key had sealed. */
            readonly resealed: number;
        };
        readonly TokenList: {
            readonly items: readonly components["schemas"]["Token"][];
        };
        readonly CreatedToken: {
            readonly id: string;
            /** @description Events show it as `actor`. */
            readonly name: string;
            /**
             * @description viewer: reads, but does not see the values of variables. operator: also declares containers and looks inside them. admin: everything.
             * @enum {string}
             */
            readonly role: "viewer" | "operator" | "admin";
            readonly createdAt: string | null;
            readonly expiresAt: string | null;
            /**
             * @description configured: the server's own token, from its data folder or BERTH_TOKEN. It can't be revoked here.
             * @enum {string}
             */
            readonly origin: "api" | "configured";
            /** @description The token and its secret. */
            readonly token: string;
        };
        readonly OwnToken: {
            readonly id: string;
            readonly name: string;
            /**
             * @description viewer: reads, but does not see the values of variables. operator: also declares containers and looks inside them. admin: everything.
             * @enum {string}
             */
            readonly role: "viewer" | "operator" | "admin";
        };
        readonly Liveness: {
            /** @enum {string} */
            readonly status: "ok";
        };
        readonly Readiness: {
            readonly ready: boolean;
            /** @description ok, or the fault of the database. */
            readonly storage: string;
            /** @description ok, or why the engine is not usable: not reachable, or its disk is full. Definitions are accepted anyway. */
            readonly engine: string;
        };
        readonly ProblemList: {
            readonly items: readonly {
                readonly code: string;
                readonly status: number;
                readonly title: string;
                readonly help: string;
            }[];
        };
        readonly ProblemPage: {
            readonly code: string;
            readonly status: number;
            readonly title: string;
            readonly help: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Problem = components['schemas']['Problem'];
export type PortMapping = components['schemas']['PortMapping'];
export type Link = components['schemas']['Link'];
export type Dependency = components['schemas']['Dependency'];
export type NetworkAttachment = components['schemas']['NetworkAttachment'];
export type DefinitionInput = components['schemas']['DefinitionInput'];
export type Condition = components['schemas']['Condition'];
export type Binding = components['schemas']['Binding'];
export type ResolvedLink = components['schemas']['ResolvedLink'];
export type LinkedBy = components['schemas']['LinkedBy'];
export type Status = components['schemas']['Status'];
export type PlannedAction = components['schemas']['PlannedAction'];
export type Plan = components['schemas']['Plan'];
export type Container = components['schemas']['Container'];
export type Apply = components['schemas']['Apply'];
export type Applied = components['schemas']['Applied'];
export type Adopt = components['schemas']['Adopt'];
export type Adopted = components['schemas']['Adopted'];
export type NetworkInput = components['schemas']['NetworkInput'];
export type Network = components['schemas']['Network'];
export type Address = components['schemas']['Address'];
export type RegistryInput = components['schemas']['RegistryInput'];
export type Registry = components['schemas']['Registry'];
export type SecretInput = components['schemas']['SecretInput'];
export type Secret = components['schemas']['Secret'];
export type Run = components['schemas']['Run'];
export type Event = components['schemas']['Event'];
export type WebhookInput = components['schemas']['WebhookInput'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type DockerRun = components['schemas']['DockerRun'];
export type Compose = components['schemas']['Compose'];
export type ComposeFile = components['schemas']['ComposeFile'];
export type ReadDefinition = components['schemas']['ReadDefinition'];
export type Imported = components['schemas']['Imported'];
export type Restored = components['schemas']['Restored'];
export type Held = components['schemas']['Held'];
export type Release = components['schemas']['Release'];
export type Released = components['schemas']['Released'];
export type Policy = components['schemas']['Policy'];
export type Claim = components['schemas']['Claim'];
export type PortCheck = components['schemas']['PortCheck'];
export type LinkCheck = components['schemas']['LinkCheck'];
export type PortReach = components['schemas']['PortReach'];
export type PortsCheck = components['schemas']['PortsCheck'];
export type NetworkNode = components['schemas']['NetworkNode'];
export type ContainerNode = components['schemas']['ContainerNode'];
export type HostPortNode = components['schemas']['HostPortNode'];
export type ForeignNode = components['schemas']['ForeignNode'];
export type MissingNode = components['schemas']['MissingNode'];
export type LinkEdge = components['schemas']['LinkEdge'];
export type PublishedEdge = components['schemas']['PublishedEdge'];
export type Topology = components['schemas']['Topology'];
export type LinkMigration = components['schemas']['LinkMigration'];
export type Token = components['schemas']['Token'];
export type TokenInput = components['schemas']['TokenInput'];
export type ContainerPage = components['schemas']['ContainerPage'];
export type RunList = components['schemas']['RunList'];
export type ContainerLinks = components['schemas']['ContainerLinks'];
export type ContainerEnv = components['schemas']['ContainerEnv'];
export type ContainerHosts = components['schemas']['ContainerHosts'];
export type EngineInspection = components['schemas']['EngineInspection'];
export type PortList = components['schemas']['PortList'];
export type PortClaimList = components['schemas']['PortClaimList'];
export type NetworkList = components['schemas']['NetworkList'];
export type AddressList = components['schemas']['AddressList'];
export type Stats = components['schemas']['Stats'];
export type ExecResult = components['schemas']['ExecResult'];
export type ImageList = components['schemas']['ImageList'];
export type DiskUsage = components['schemas']['DiskUsage'];
export type PulledImage = components['schemas']['PulledImage'];
export type RegistryList = components['schemas']['RegistryList'];
export type SecretList = components['schemas']['SecretList'];
export type WebhookList = components['schemas']['WebhookList'];
export type WebhookDeliveryList = components['schemas']['WebhookDeliveryList'];
export type ResentDeliveries = components['schemas']['ResentDeliveries'];
export type WebhookTest = components['schemas']['WebhookTest'];
export type EngineInformation = components['schemas']['EngineInformation'];
export type EventPage = components['schemas']['EventPage'];
export type SecretsKey = components['schemas']['SecretsKey'];
export type RotatedSecretsKey = components['schemas']['RotatedSecretsKey'];
export type TokenList = components['schemas']['TokenList'];
export type CreatedToken = components['schemas']['CreatedToken'];
export type OwnToken = components['schemas']['OwnToken'];
export type Liveness = components['schemas']['Liveness'];
export type Readiness = components['schemas']['Readiness'];
export type ProblemList = components['schemas']['ProblemList'];
export type ProblemPage = components['schemas']['ProblemPage'];
export type $defs = Record<string, never>;
export interface operations {
    readonly listContainers: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description `next` of the previous page. */
                readonly cursor?: string;
                /** @description Only the newest container, like `docker ps -l`. */
                readonly latest?: boolean;
                readonly name?: string;
                readonly image?: string;
                /** @description key or key=value; repeatable. */
                readonly label?: readonly string[];
                /** @description State reported by the engine (running, exited, …), or absent. */
                readonly state?: string;
                readonly ready?: boolean;
                readonly hostPort?: number;
                /** @description Only containers of this set. */
                readonly set?: string;
                /** @description Only containers that link to this one. */
                readonly linkedTo?: string;
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page of containers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ContainerPage"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor-expired`: Cursor expired. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly createContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DefinitionInput"];
            };
        };
        readonly responses: {
            /** @description With dryRun: the definition as it would be, and its `plan`. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Declared. */
            readonly 201: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. `name-taken`: Name already in use. `port-claimed`: Host port already claimed. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getContainer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The definition and its status. */
            readonly 200: {
                headers: {
                    /** @description The generation and a digest of the response, in quotation marks. If-Match accepts it and compares the generation. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DefinitionInput"];
            };
        };
        readonly responses: {
            /** @description Replaced, or already equal. With dryRun: the result as it would be. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Declared. */
            readonly 201: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: Name already in use. `port-claimed`: Host port already claimed. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
                /** @description Remove it even if other containers link to it or depend on it. */
                readonly force?: boolean;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Removed (with ?wait). With dryRun: what would be removed. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Being removed. Poll with GET until it returns 404, or use ?wait. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in-use`: Container is needed by others. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly patchContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        /** @description A JSON merge patch. */
        readonly requestBody: {
            readonly content: {
                readonly "application/merge-patch+json": {
                    readonly [key: string]: unknown;
                };
                readonly "application/json": {
                    readonly [key: string]: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Changed, or already equal. With dryRun: the result as it would be. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: Name already in use. `port-claimed`: Host port already claimed. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly startContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stored. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. `name-taken`: Name already in use. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly stopContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stored. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. `name-taken`: Name already in use. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly restartContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stored. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. `name-taken`: Name already in use. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly planContainers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Apply"];
            };
        };
        readonly responses: {
            /** @description The plan. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `port-claimed`: Host port already claimed. `in-use`: Container is needed by others. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly applyContainers: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Apply"];
            };
        };
        readonly responses: {
            /** @description Stored; with ?wait all are ready. With dryRun: the definitions as they would be, and the `plan`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Applied"];
                };
            };
            /** @description Stored, but not all were ready when the wait ended. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Applied"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `port-claimed`: Host port already claimed. `in-use`: Container is needed by others. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly adoptContainer: {
        readonly parameters: {
            readonly query?: {
                /** @description Check and show the definition without storing it. */
                readonly dryRun?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Adopt"];
            };
        };
        readonly responses: {
            /** @description With dryRun: the definition that the container would get. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Adopted"];
                };
            };
            /** @description Adopted. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Adopted"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: Name already in use. `port-claimed`: Host port already claimed. `not-adoptable`: Container cannot be adopted. `would-interrupt`: Adoption would lose settings. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly importDockerRun: {
        readonly parameters: {
            readonly query?: {
                /** @description Store the imported definitions. */
                readonly apply?: boolean;
                /** @description Store the definitions even if the input has unsupported settings. */
                readonly force?: boolean;
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DockerRun"];
            };
        };
        readonly responses: {
            /** @description Imported but not stored. With apply and dryRun: the result and its `plan`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description Stored; with ?wait it is ready. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: Name already in use. `port-claimed`: Host port already claimed. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `not-importable`: Not fully importable. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `busy`: Too many operations in progress. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly importCompose: {
        readonly parameters: {
            readonly query?: {
                /** @description Store the imported definitions. */
                readonly apply?: boolean;
                /** @description Store the definitions even if the input has unsupported settings. */
                readonly force?: boolean;
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
                /** @description Remove definitions that belong to the set but are missing from the file. */
                readonly prune?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Compose"];
            };
        };
        readonly responses: {
            /** @description Imported. With `apply` they are stored; with ?wait all are ready. With dryRun there is a `plan`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description Stored, but not all were ready when the wait ended. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `port-claimed`: Host port already claimed. `in-use`: Container is needed by others. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `not-importable`: Not fully importable. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `busy`: Too many operations in progress. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly exportCompose: {
        readonly parameters: {
            readonly query?: {
                /** @description Only containers of this set. */
                readonly set?: string;
                /** @description Only the container with this name; repeatable. */
                readonly name?: readonly string[];
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The Compose file. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example name: shop
                     *     services:
                     *       web:
                     *         container_name: shop-web
                     *         image: training/webapp
                     *         ports:
                     *           - target: 5000
                     *             published: "49452"
                     *             protocol: tcp
                     *         networks:
                     *           default: {}
                     *         restart: unless-stopped
                     *         pids_limit: 4096
                     *         stop_grace_period: "10s"
                     *     networks:
                     *       default:
                     *         name: shop_default
                     */
                    readonly "application/yaml": string;
                    readonly "application/json": components["schemas"]["ComposeFile"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Too many operations in progress. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRuns: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The runs; none for a service. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly runJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stored. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: Container not running. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `busy`: Too many operations in progress. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getLinks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Links in both directions; addresses are null for sources that are not running. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ContainerLinks"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getEnv: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Variable names and values. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ContainerEnv"];
                    /**
                     * @example PATH=/usr/bin:/bin
                     *     HOSTNAME=36c9194c5c2b
                     *     DB_PORT=tcp://172.17.0.2:3306
                     *     HOME=/root
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getHosts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file and its entries. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ContainerHosts"];
                    /**
                     * @example 127.0.0.1	localhost
                     *     172.17.0.2	db a4bdee731c62
                     *     172.17.0.3	4c12178318ca
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly inspectContainer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The engine's answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EngineInspection"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPorts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The currently bound host ports. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PortList"];
                    /**
                     * @example 5000/tcp -> 0.0.0.0:5000
                     *     5000/tcp -> [::]:5000
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPort: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
                /**
                 * @description The port inside the container.
                 * @example 5000
                 */
                readonly port: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The currently bound host ports. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PortList"];
                    /**
                     * @example 0.0.0.0:5000
                     *     [::]:5000
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. `port-not-published`: Port not published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPortOfProtocol: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
                /**
                 * @description The port inside the container.
                 * @example 5000
                 */
                readonly port: number;
                readonly protocol: "tcp" | "udp" | "sctp";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The currently bound host ports. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PortList"];
                    /**
                     * @example 0.0.0.0:5000
                     *     [::]:5000
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. `port-not-published`: Port not published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listPorts: {
        readonly parameters: {
            readonly query?: {
                readonly hostPort?: number;
                readonly protocol?: "tcp" | "udp" | "sctp";
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By port number. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PortClaimList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listNetworks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All networks. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NetworkList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The network's name.
                 * @example backend
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The network and its status. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putNetwork: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
                /** @description Recreate the network if the change needs it. Each container on it is interrupted once. */
                readonly recreate?: boolean;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The network's name.
                 * @example backend
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NetworkInput"];
            };
        };
        readonly responses: {
            /** @description Changed, or already equal. With dryRun: the network as it would be, and its `plan`. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Declared. */
            readonly 201: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Stored, but not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Network"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: Name already in use. `address-unavailable`: Subnet or address not available. `network-in-use`: Network in use. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteNetwork: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait until the definition is ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Apply the change only if the definition is at this generation: an ETag of an earlier response, such as "3" or "3-Zk1x", or *. A change of the status alone does not count. */
                readonly "if-match"?: string;
                /**
                 * @description With *: apply the change only if no definition with this name exists.
                 * @example *
                 */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The network's name.
                 * @example backend
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Removed (with ?wait). With dryRun: what would be removed. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Network"];
                };
            };
            /** @description Being removed. Poll with GET until it returns 404, or use ?wait. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotation marks. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Network"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `network-in-use`: Network in use. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: Precondition failed. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAddresses: {
        readonly parameters: {
            readonly query?: {
                /** @description Only addresses on this network. */
                readonly network?: string;
                /** @description Only addresses of this container. */
                readonly container?: string;
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All addresses. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AddressList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getLogs: {
        readonly parameters: {
            readonly query?: {
                /** @description Keep the stream open and send new lines. */
                readonly follow?: boolean;
                /** @description Include stdout. */
                readonly stdout?: boolean;
                /** @description Include stderr. */
                readonly stderr?: boolean;
                /** @description Prefix each line with the engine's timestamp. */
                readonly timestamps?: boolean;
                /** @description Number of lines from the end, or all. */
                readonly tail?: string;
                /** @description Unix seconds, an RFC 3339 time, or a duration before now such as 10m. */
                readonly since?: string;
                /** @description Same formats as since. */
                readonly until?: string;
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Both streams in their order of arrival. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /** @example * Running on http://0.0.0.0:5000/ (Press CTRL+C to quit) */
                    readonly "text/plain": string;
                    /**
                     * @example event: stdout
                     *     data:  * Running on http://0.0.0.0:5000/ (Press CTRL+C to quit)
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `logs-unavailable`: No log on the engine. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly checkLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
                /**
                 * @description The link's alias.
                 * @example db
                 */
                readonly alias: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Result of the check. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LinkCheck"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: Container not running. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `probe-unavailable`: Check unavailable. */
            readonly 501: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Too many operations in progress. `engine-unavailable`: Container engine unavailable. `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly checkPorts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Result of the check. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PortsCheck"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: Container not running. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `probe-unavailable`: Check unavailable. */
            readonly 501: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Too many operations in progress. `engine-unavailable`: Container engine unavailable. `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getTopology: {
        readonly parameters: {
            readonly query?: {
                /** @description Only containers of this set. */
                readonly set?: string;
                /** @description Only the container with this name. */
                readonly name?: string;
                /** @description Number of links to follow from the selected containers. */
                readonly depth?: number;
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The same state gives the same text. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Topology"];
                    /**
                     * @example flowchart LR
                     *       subgraph n0["default bridge"]
                     *         n1("db<br/>mysql<br/>running"):::ready
                     *         n2("web<br/>training/webapp<br/>running"):::ready
                     *       end
                     *       n3(["5000"])
                     *       n2 -->|"db"| n1
                     *       n3 -->|"5000/tcp"| n2
                     *       classDef ready stroke-width:2px
                     *       classDef not-ready stroke-width:2px,stroke-dasharray:6 3
                     *       classDef unknown stroke-dasharray:2 3
                     *       classDef foreign stroke-dasharray:2 3
                     *       classDef missing stroke-dasharray:6 3
                     */
                    readonly "text/vnd.mermaid": string;
                    /**
                     * @example digraph topology {
                     *       graph [id="topology", rankdir=LR, bgcolor=transparent, ranksep=0.7, nslimit=1, nslimit1=1, mclimit=0.3]
                     *       graph [fontname="Courier", fontsize=12]
                     *       node [shape=box, style=rounded, fontname="Courier", fontsize=13]
                     *       edge [fontname="Courier", fontsize=11, arrowsize=0.7]
                     *       subgraph cluster_0 {
                     *         graph [id="network:bridge", class="network", style="rounded", label="default bridge"]
                     *         "db" [id="container:db", tooltip="db, mysql, running", label=<<b>db</b><br/><font point-size="11">mysql</font><br/><font point-size="11">running</font>>, class="ready", URL="#/containers/db"]
                     *         "web" [id="container:web", tooltip="web, training/webapp, running", label=<<b>web</b><br/><font point-size="11">training/webapp</font><br/><font point-size="11">running</font>>, class="ready", URL="#/containers/web"]
                     *       }
                     *       "host port 5000/tcp" [id="port:5000/tcp", tooltip="5000", label=<<b>5000</b>>, class="host-port", shape="plaintext"]
                     *       "web" -> "db" [id="link:web/db", class="link resolved", label="db"]
                     *       "host port 5000/tcp" -> "web" [id="published:5000/tcp/web", class="published bound", label="5000/tcp"]
                     *     }
                     */
                    readonly "text/vnd.graphviz": string;
                    /** @example <svg xmlns="http://www.w3.org/2000/svg">…</svg> */
                    readonly "image/svg+xml": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large-to-draw`: Graph too large to draw. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Too many operations in progress. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getStats: {
        readonly parameters: {
            readonly query?: {
                /** @description Stream one reading per second as text/event-stream. */
                readonly follow?: boolean;
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One reading, or a stream of them. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Stats"];
                    /**
                     * @example event: stats
                     *     data: {"readAt":"2026-01-16T07:44:10.321357809Z","cpu":{"percent":12.5,"onlineCpus":2,"usedNanoseconds":593915543,"kernelNanoseconds":310000000,"userNanoseconds":280000000,"throttledNanoseconds":0},"memory":{"usedBytes":14680064,"withCacheBytes":20971520,"limitBytes":4294967296,"percent":0.34},"network":{"receivedBytes":1112,"sentBytes":640,"receivedPackets":12,"sentPackets":8,"receivedDropped":0,"sentDropped":0},"blockIo":{"readBytes":1048576,"writtenBytes":0},"pids":{"current":3,"limit":4096}}
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: Container not running. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly execInContainer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The container's name.
                 * @example web
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Argument vector, run without a shell. To use a shell, send ["sh", "-c", "…"]. */
                    readonly command: readonly string[];
                    /**
                     * @description Time after which the command is killed.
                     * @default 10
                     */
                    readonly timeoutSeconds?: number;
                    /** @description -u. Default: the container's user. */
                    readonly user?: string;
                    /** @description -w. Default: the container's working directory. */
                    readonly workingDir?: string;
                    /** @description -e: added to the container's own variables. */
                    readonly env?: {
                        readonly [key: string]: string;
                    };
                    /**
                     * @description Encoding of stdout and stderr. utf8 replaces invalid bytes by U+FFFD; base64 keeps every byte.
                     * @default utf8
                     * @enum {string}
                     */
                    readonly encoding?: "utf8" | "base64";
                };
            };
        };
        readonly responses: {
            /** @description The command has ended. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExecResult"];
                    /**
                     * @example event: stdout
                     *     data: 127.0.0.1	localhost
                     *     data: 172.17.0.3	db a4bdee731c62
                     *
                     *     event: exit
                     *     data: {"exitCode":0,"timedOut":false,"stillRunning":false}
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. `not-running`: Container not running. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listImages: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All images. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImageList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly diskUsage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Disk use. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DiskUsage"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly pullImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Image reference; without a tag or digest it means :latest. */
                    readonly image: string;
                };
            };
        };
        readonly responses: {
            /** @description The image is present, or its progress follows. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: progress
                     *     data: {"layer":"8b5a3b4b1c6e","status":"Downloading","currentBytes":1048576,"totalBytes":4194304}
                     *
                     *     event: done
                     *     data: {"image":"alpine:3.20","imageId":"sha256:91ef0af61f39ece4d6710e465df5ed6ca12112358344fd51ae6a3b886634148b","digest":"sha256:de4fe7064d8f98419ea6b49190df1abbf43450c1702eeb864fe9ced453c1cc5f"}
                     */
                    readonly "text/event-stream": string;
                    readonly "application/json": components["schemas"]["PulledImage"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `image-not-found`: Image not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `pull-failed`: Image pull failed. */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: Container engine unavailable. `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRegistries: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All registries that have credentials, without their secrets. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RegistryList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getRegistry: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The registry's host, with its port if image references name one. `docker.io` is Docker Hub.
                 * @example registry.example.com
                 */
                readonly host: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The registry, without its secret. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Registry"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putRegistry: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The registry's host, with its port if image references name one. `docker.io` is Docker Hub.
                 * @example registry.example.com
                 */
                readonly host: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RegistryInput"];
            };
        };
        readonly responses: {
            /** @description Replaced. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Registry"];
                };
            };
            /** @description Stored. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Registry"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteRegistry: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The registry's host, with its port if image references name one. `docker.io` is Docker Hub.
                 * @example registry.example.com
                 */
                readonly host: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Removed. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listSecrets: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All secrets, without their values. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SecretList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSecret: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The secret's name.
                 * @example shop-db-password
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The secret, without its value. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Secret"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putSecret: {
        readonly parameters: {
            readonly query?: {
                /** @description Run all checks and return the plan without storing anything. */
                readonly dryRun?: boolean;
            };
            readonly header?: never;
            readonly path: {
                /**
                 * @description The secret's name.
                 * @example shop-db-password
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SecretInput"];
            };
        };
        readonly responses: {
            /** @description Changed, or already equal. With dryRun: the secret as it would be, and its `plan`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Secret"];
                };
            };
            /** @description Stored. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Secret"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteSecret: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The secret's name.
                 * @example shop-db-password
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Deleted. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in-use`: Container is needed by others. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listWebhooks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All webhooks, without their URLs and secrets. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The webhook's name.
                 * @example alerts
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The webhook, without its URL and secret. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The webhook's name.
                 * @example alerts
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WebhookInput"];
            };
        };
        readonly responses: {
            /** @description Replaced. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Declared. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: Denied by the policy. `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly deleteWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /**
                 * @description The webhook's name.
                 * @example alerts
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Removed. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listWebhookDeliveries: {
        readonly parameters: {
            readonly query?: {
                readonly state?: "dead" | "pending";
                /** @description Event id after which deliveries are listed. */
                readonly after?: number;
                readonly limit?: number;
            };
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                /**
                 * @description The webhook's name.
                 * @example alerts
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Failed deliveries. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly resendWebhookDeliveries: {
        readonly parameters: {
            readonly query?: {
                /** @description Only the delivery of this event. */
                readonly eventId?: number;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The webhook's name.
                 * @example alerts
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description They are sent again. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ResentDeliveries"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly testWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /**
                 * @description The webhook's name.
                 * @example alerts
                 */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Outcome of the attempt. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookTest"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `busy`: Too many operations in progress. `shutting-down`: Berth is shutting down. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getEngine: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The engine and whether it is reachable. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EngineInformation"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description Only events with a higher id. */
                readonly after?: number;
                /** @description Maximum number of events in a page. */
                readonly limit?: number;
                /** @description Only events of this container. */
                readonly container?: string;
                /** @description Only events of this type. */
                readonly type?: "Created" | "Updated" | "DeletionRequested" | "RestartRequested" | "Adopted" | "Removed" | "Step" | "StepFailed" | "RolledBack" | "ConditionChanged" | "Restored" | "Released" | "Discarded" | "LinksMoved" | "SecretStored" | "SecretRemoved" | "SecretsResealed" | "TokenCreated" | "TokenRevoked" | "Requested" | "Refused";
            };
            readonly header?: {
                /** @description Id of the last event that the client has seen; the stream resumes after it. */
                readonly "last-event-id"?: string;
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page. Get the next with ?after=next. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                    /**
                     * @example id: 42
                     *     event: RolledBack
                     *     data: {"id":42,"at":"2026-01-16T07:44:01.310Z","type":"RolledBack","container":"web","uid":"8c7e1f0a-6a0e-4c53-9a4e-0f1a7f3f5b11","reason":"StartFailed","message":"exec: \"/no/such/command\": stat /no/such/command: no such file or directory","by":"berth","actor":null,"requestId":"5f0c3c1e-7a39-4f29-9a55-0a6d2d1f8f0e","before":null,"after":null}
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: Not acceptable. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor-expired`: Cursor expired. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly migrateLinks: {
        readonly parameters: {
            readonly query?: {
                /** @description Return the plan without storing or changing anything. */
                readonly dryRun?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stored; the steps follow in the background. With dryRun: what would be done. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LinkMigration"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `links-unsupported`: Engine without links. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The active policy. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly reloadPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The policy is active. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-policy`: Invalid policy. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSecretsKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Ids of the keys, and what they sealed. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SecretsKey"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly rotateSecretsKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Sealed again. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RotatedSecretsKey"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-secrets-key`: Invalid secrets key file. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getBackup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The database file. */
            readonly 200: {
                headers: {
                    /** @description Suggests a file name with the time of the backup. */
                    readonly "Content-Disposition"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    /** @example SQLite format 3… */
                    readonly "application/vnd.sqlite3": string;
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getRestore: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Whether the reconciler is paused, and what a release would do. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Held"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly restoreBackup: {
        readonly parameters: {
            readonly query?: {
                /** @description Check the file without restoring it. */
                readonly dryRun?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/vnd.sqlite3": unknown;
            };
        };
        readonly responses: {
            /** @description Restored, and the reconciler is paused. With dryRun: what would be restored. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Restored"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `other-instance`: Backup of another instance. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-backup`: Invalid backup. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly releaseRestore: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Release"];
            };
        };
        readonly responses: {
            /** @description Released; `strays` lists the containers that are removed. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Released"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-held`: Nothing to release. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `engine-unavailable`: Container engine unavailable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listTokens: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All tokens, including expired ones. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly createToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Makes the request safe to retry: the same key with the same request gets the same answer for 24 hours, even after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TokenInput"];
            };
        };
        readonly responses: {
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedToken"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: Name already in use. `idempotency-in-flight`: Request in progress. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: Invalid definition. `idempotency-mismatch`: Idempotency key reused. */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly revokeToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @example 3f0e5a5e-6c0c-4a86-9c61-0f9a3c3f7c11 */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Revoked. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in-use`: Container is needed by others. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: Body too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: Unsupported media type. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage-unavailable`: Database not writable. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getOwnToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an earlier response. If the response would be the same, the answer is 304 without a body. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The token of this request. Without a token, the way in which the request was authenticated. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OwnToken"];
                };
            };
            /** @description Not modified: If-None-Match has the current ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getLiveness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The process answers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Requests can be served. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database does not answer. `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The text exposition format. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    /** @example berth_queue_depth 0 */
                    readonly "text/plain": string;
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Authentication required. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: Insufficient role. `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listProblems: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All problems that a response can have. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProblemList"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getProblem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @example name-taken */
                readonly code: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The explanation. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProblemPage"];
                };
            };
            /** @description `invalid-body`: Malformed request. `invalid-parameter`: Invalid parameter. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: Cross-origin request. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: Not found. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: Unknown host name. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `shutting-down`: Berth is shutting down. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly receiveEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description Id of the event. */
                readonly "webhook-id": string;
                /** @description Time of the attempt, in seconds since 1970. */
                readonly "webhook-timestamp": string;
                /** @description Signature of the message. */
                readonly "webhook-signature": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/cloudevents+json": components["schemas"]["WebhookEvent"];
            };
        };
        readonly responses: {
            /** @description The event is accepted. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
