/** Made from openapi.json by `npm run client`: change the routes, not this. */

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
         * @description Newest first. Filters are combined: all must match. Needs the role viewer or more.
         */
        readonly get: operations["listContainers"];
        readonly put?: never;
        /**
         * Declare a container
         * @description Stores the definition, synced to disk, and lets the engine follow. `docker run -d`. Needs the role operator or more.
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
         * @description An equal definition changes nothing and keeps its generation. Needs the role operator or more.
         */
        readonly put: operations["putContainer"];
        readonly post?: never;
        /**
         * Remove a container
         * @description Its container on the engine is stopped and removed, its host ports are freed, then it is gone. Needs the role operator or more.
         */
        readonly delete: operations["deleteContainer"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change some fields of a container
         * @description A JSON merge patch (RFC 7396): null takes a field back to its default, lists are replaced whole. Needs the role operator or more.
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
         * Let a container run
         * @description Sets the desired state; one that ended by itself is run again. `docker start`. Needs the role operator or more.
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
         * @description Sets the desired state. `docker stop`. Needs the role operator or more.
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
         * @description Once, also a running one, on the same host ports. `docker restart`. Needs the role operator or more.
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
         * What an apply would do
         * @description Runs every check of an apply and changes nothing. `actions` are in the order in which they would be done, `interrupted` names the running containers that would be stopped or replaced, recipients of links included. Needs the role operator or more.
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
         * Declare containers together
         * @description All are stored in one transaction, or none: their order does not matter, links among them need not exist before, and two can swap their host ports. With `prune`, what belongs to the `set` and is not among them is removed; nothing else ever is. Needs the role operator or more.
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
         * Take over a container that the engine already runs
         * @description Derives the definition that describes it, keeps its host ports, and leaves it running as it is: no restart. What no definition can say (`would-interrupt`) would be lost at its first replacement: with `force` it is taken over all the same. Containers that it is linked to are to be adopted first. One that is down stays down. What every container that Berth makes has, and this one has not yet (`changed`: a limit of processes, rotated logs, `no-new-privileges`), comes with its first change or replacement, and needs no `force`. Needs the role operator or more.
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
         * Read a docker run line
         * @description Answers the definition of the container that the line would make, and under `left` every flag that no definition can say, with the reason. The line is split as a POSIX shell does it, with the variables in `env`; what a shell would run is refused, with its place. Lines of podman and nerdctl are read by the same rules. With `apply` it is stored as POST /v1/containers does it; the name is made up where there is none. Needs the role operator or more.
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
         * Read a Compose file
         * @description Answers the definitions that the file comes to, by the Compose specification, and under `left` everything in it that no definition can say, with the reason and its place. Faults name their line and column. Containers are named after set and service (`shop-db`), unless `container_name` names them or the set has a definition for the service already. Services find each other by the names of their services on a network of the project, as with Docker Compose. With `apply` all of them are stored in one transaction, in the set of the project. Needs the role operator or more.
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
         * Definitions as a Compose file
         * @description A file that Docker Compose takes, and that an import reads back: services have their own names, and container names, networks and volumes are as they are on the engine, and host ports that were picked are written down, so that they stay. What Compose has no words for stands under `x-berth`. Values of variables are in it. Needs the role operator or more.
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
    readonly "/v1/containers/{name}/links": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The links of a container, both ways
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
         * The environment inside a container
         * @description What a process in it finds, link variables included. As text it is `docker exec NAME env`. To a viewer, values are hidden, save those that say where a link leads. Needs the role viewer or more.
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
         * The /etc/hosts inside a container
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
         * What the engine says of a container
         * @description As is: `docker inspect`. Needs the role viewer or more.
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
         * The host ports of a container
         * @description As text the exact lines of `docker port NAME`. Needs the role viewer or more.
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
         * The host ports of one container port
         * @description Of tcp. As text the exact lines of `docker port NAME PORT`. Needs the role viewer or more.
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
         * The host ports of one container port
         * @description As text the exact lines of `docker port NAME PORT/PROTOCOL`. Needs the role viewer or more.
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
         * The port ledger
         * @description Every claim on a host port, by whom, bound or not. With hostPort also whether that one is free. Needs the role viewer or more.
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
    readonly "/v1/containers/{name}/logs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The log of a container
         * @description `docker logs`. As text/event-stream each line is an event called stdout or stderr, and the last one is called end: the container stopped, or is another one now. A line of more than 64 Ki characters comes in several. Needs the role viewer or more.
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
         * Try a link from inside its recipient
         * @description A short-lived container of Berth's joins the network of the recipient, whatever the image of that holds, resolves the alias, and tries each port that the source exposes or publishes, all at once: TCP by one connection, UDP by a datagram (a DNS question), which is answered, refused, or met with a silence that says nothing. Changes nothing. Needs the role operator or more.
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
         * Try the host ports of a container
         * @description A short-lived container of Berth's in the network namespace of the engine's host connects to each host port by the host's own address, and to the container directly, wherever Berth itself runs. Another on the container's network tells if the host forwards. So a port whose firewall rules are gone is told from a program that does not listen. UDP is sent a DNS question: an answer says that the port is reachable, silence says nothing. Firewalls between the host and its clients, and rules of the host's that name their addresses, are not seen. What is found is also the reason of the condition PortsBound (`PortUnreachable`). Changes nothing. Needs the role operator or more.
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
         * Ports and links as a graph
         * @description From what Berth knows itself: it is there while the engine is not. Links lead from the recipient to its source, host ports to the container. With `set` or `name` only what they name and what is at most `depth` links away from it. By Accept as JSON, Mermaid, Graphviz or SVG. The SVG has the `id`s of the nodes and edges, the classes `ready`, `not-ready`, `unknown`, `foreign`, `missing` (nodes), `resolved`, `stale`, `waiting`, `missing`, `bound`, `unbound`, `unknown` (edges), links to `#/containers/NAME`, and the colour of the text around it. Needs the role viewer or more.
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
         * What a container uses
         * @description `docker stats`: processor time, memory, network, block devices, processes. `cpu.percent` is of one processor, as there: 200 is two of them; it is null in a stream's first event, which has nothing to compare with. One reading takes the engine a second or two. With follow each second brings an event called stats, and the last one is called end: the container stopped. `memory` and `network` are null where the host does not count them. Needs the role viewer or more.
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
         * Run a command inside a container
         * @description `docker exec`, without input. Of each stream 1 MiB is kept; the command goes on and the rest is dropped. When its time is over, or its client is gone, it is killed with all that it has started: engines can't do that, so the shell of the container's image does it, as the same user; what runs is found by a variable BERTH_EXEC in its environment. In an image without a shell it goes on, and `stillRunning` says so. A command that can't be started has exit code 126 or 127 and the engine's reason as its stdout, as docker exec has it. As text/event-stream nothing is dropped: each line is an event called stdout or stderr, and the last event, exit, says how it ended. What a command changes inside the container is gone at its next replacement, and is no drift. An Idempotency-Key can't be exact here as it is elsewhere: where the server dies before it has answered, the same request runs the command again. Needs the role operator or more.
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
         * The images on the engine
         * @description Whoever brought them there. Newest first, as the engine has them. Needs the role viewer or more.
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
         * @description Definitions need none of this: Berth pulls what they name. As text/event-stream each layer tells how it gets on in events called progress (a slow client hears the newest of each, and holds nothing up); the last event is done, or error with the problem. As application/json there is one answer when the image is there. The pull ends when its client goes; another one of the same image goes on. Needs the role operator or more.
         */
        readonly post: operations["pullImage"];
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
         * The container engine
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
         * What changed, when, why and by whom
         * @description Oldest first; the newest 10,000 are kept. As text/event-stream it goes on with what comes, resumes after Last-Event-ID (or ?after), and says `reset` where events between were dropped: then it goes on from the oldest that is kept, and what it did not see has to be read from the definitions. Needs the role viewer or more.
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
    readonly "/v1/policy": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The policy in force
         * @description What definitions may ask for, and which of those that stand it would refuse: a policy that was tightened stops nothing, and the next change of such a definition has to heed it. Needs the role viewer or more.
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
         * Read the policy again
         * @description From the file that Berth was started with, as SIGHUP does. Where that is wrong, the policy that was in force stays so. Without a file the default policy stays in force. Needs the role admin.
         */
        readonly post: operations["reloadPolicy"];
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
         * A backup, taken while everything goes on
         * @description A copy of the database as of this moment, as one SQLite file: definitions, host ports, history. It holds the values of variables, as the database does: keep it as safe. `curl -fOJ …/v1/backup` Needs the role admin.
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
         * What is held after a restore
         * @description From a restore on nothing is done on the engine, until it is released. Here is what would be done then: the same plan that the loop makes; the containers of this instance that no definition knows (`strays`); the definitions whose container was made from a later generation than they have (`later`). Needs the role viewer or more.
         */
        readonly get: operations["getRestore"];
        readonly put?: never;
        /**
         * Put a backup back
         * @description Checks the file, brings it to the present schema if an earlier version made it, and puts its definitions in the place of the present ones, in one transaction. **Nothing is done on the engine** until POST /v1/restore/release; GET /v1/restore shows what would be. History and settings stay those of this server. At most 256 MiB. `curl -f -X POST …/v1/restore -H "content-type: application/vnd.sqlite3" -T FILE` Needs the role admin.
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
         * Let be done what a restore asks for
         * @description Definitions whose container is of a later generation get one above that. `strays: "remove"` also removes the containers of this instance that no definition knows, as GET /v1/restore lists them; by default they stay untouched. Needs the role admin.
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
         * List the tokens
         * @description Needs the role admin.
         */
        readonly get: operations["listTokens"];
        readonly put?: never;
        /**
         * Make a token
         * @description The answer has the secret, this once: store it where its owner finds it. With an Idempotency-Key it is told again for 24 hours to whoever has that key: it is kept encrypted by it. Needs the role admin.
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
         * @description It is refused from then on, and what it holds open ends. Needs the role admin.
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
         * Who am I
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
        /** Does the process answer */
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
        /** Can requests be taken */
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
         * Measures for Prometheus
         * @description Of the queue, the work on definitions, the calls to the engine, and the process. Without names. Needs the role viewer or more.
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
        /** Every problem that an answer can be */
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
        /** What a problem means and what to do */
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
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Problem details, RFC 9457. */
        readonly Problem: {
            /**
             * Format: uri-reference
             * @description Where this kind of problem is explained.
             */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            /** @description What is wrong, where, and what to do, in one sentence. */
            readonly detail: string;
            /** @description The path that was asked for. */
            readonly instance: string;
            /**
             * @description Stable, for programs.
             * @enum {string}
             */
            readonly code: "invalid-body" | "unauthenticated" | "forbidden" | "foreign-origin" | "misdirected" | "too-many-requests" | "invalid-definition" | "not-importable" | "invalid-backup" | "not-found" | "policy-denied" | "invalid-policy" | "image-not-found" | "port-not-published" | "idempotency-mismatch" | "method-not-allowed" | "not-acceptable" | "request-timeout" | "name-taken" | "port-claimed" | "in-use" | "not-running" | "not-adoptable" | "would-interrupt" | "other-instance" | "not-held" | "idempotency-in-flight" | "cursor-expired" | "stale-generation" | "payload-too-large" | "unsupported-media-type" | "too-large-to-draw" | "headers-too-large" | "internal" | "probe-unavailable" | "busy" | "pull-failed" | "shutting-down" | "engine-unavailable" | "storage-unavailable";
            /** @description As in the log and in X-Request-Id. */
            readonly requestId: string;
            /** @description Every fault of the request. */
            readonly errors?: readonly {
                /** @enum {string} */
                readonly in: "body" | "query" | "path" | "header" | "file";
                /** @description JSON pointer (RFC 6901) into that part of the request, or into the file that it is about. */
                readonly pointer: string;
                readonly message: string;
            }[];
        };
        /** @description One -p: a container port and its place on the host. */
        readonly PortMapping: {
            /** @description IPv4 or IPv6 address. Absent: every interface, 0.0.0.0 and ::. */
            readonly hostIp?: string;
            /** @description Absent or 0: Berth picks one, and it stays that one. */
            readonly hostPort?: number;
            /**
             * @description Take the lowest free port of this range, instead of any of the configured one.
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
            /** @description The source: the container that is linked to. */
            readonly container: string;
            /** @description Its name inside the recipient. By default its own. */
            readonly alias?: string;
            /**
             * @description What the recipient's environment gets: everything, all but the source's own environment, nothing.
             * @default all
             * @enum {string}
             */
            readonly env?: "all" | "address" | "none";
        };
        /** @description A container definition as a client writes it. Read-only fields are taken and ignored. */
        readonly DefinitionInput: {
            /** @description --name. Absent: one like elated_cohen is made up. */
            readonly name?: string;
            /**
             * @description The image reference.
             * @example training/webapp:latest
             */
            readonly image: string;
            /**
             * @description The service's name in the Compose file that it comes from: on its user-defined network it is found by it. Absent where that is its own name.
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
             * @description --network-alias: names that all containers of its user-defined network find it by, beside its own.
             * @example [
             *       "front"
             *     ]
             */
            readonly networkAliases?: readonly string[];
            /**
             * @description Without one, here or in the image, a changed container counts as good once it has run for a second: one that fails later is not rolled back. With one it has to be healthy first.
             * @example {
             *       "command": [
             *         "true"
             *       ],
             *       "intervalSeconds": 5,
             *       "timeoutSeconds": 2,
             *       "retries": 3,
             *       "startPeriodSeconds": 1
             *     }
             */
            readonly healthcheck?: {
                /** @description The argument vector; an empty list switches the image's check off. Docker's array form means the same as in Docker: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE']. */
                readonly command: readonly string[];
                readonly intervalSeconds?: number;
                readonly timeoutSeconds?: number;
                readonly retries?: number;
                readonly startPeriodSeconds?: number;
            };
            /** @example SIGTERM */
            readonly stopSignal?: string;
            /**
             * @description -e: name to value.
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
             * @description -P: publish all that the image exposes.
             * @default false
             */
            readonly publishAll?: boolean;
            /**
             * @description -p, as text or object.
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
             * @description --link: name, name:alias, or object.
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
             * @description --network: bridge, or a network that Berth makes and removes.
             * @default bridge
             */
            readonly network?: string;
            /**
             * @description -v: named volumes, and paths of the host that the policy lists.
             * @example [
             *       {
             *         "volume": "data",
             *         "target": "/data",
             *         "readOnly": true
             *       }
             *     ]
             */
            readonly volumes?: readonly {
                /** @description The name of a volume, which is made where there is none; or a path of the host, exactly as the policy lists it, which has to be there. */
                readonly volume: string;
                /** @description Where it is mounted: an absolute path. */
                readonly target: string;
                /** @default false */
                readonly readOnly?: boolean;
            }[];
            /**
             * @description --label: key to value. io.berth. is reserved.
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
                /** @description At least 6 MiB, as the engine demands. */
                readonly memoryBytes?: number;
                readonly cpus?: number;
                /** @default 4096 */
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
            readonly type: "Ready" | "ImageAvailable" | "PortsBound" | "LinksResolved" | "NamesUnique" | "VolumesKept" | "Exposed" | "EngineReachable";
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
        /** @description What is observed. */
        readonly Status: {
            /** @description The generation that the container was made from; 0 without one. */
            readonly observedGeneration: number;
            readonly ready: boolean;
            readonly conditions: readonly components["schemas"]["Condition"][];
            readonly container: {
                readonly id: string;
                /**
                 * @description Its own name, then those that links give it.
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
            /** @description The host ports that are kept for it, bound or not. An empty hostIp is every address. */
            readonly reserved: readonly components["schemas"]["Binding"][];
            readonly links: readonly components["schemas"]["ResolvedLink"][];
            readonly linkedBy: readonly components["schemas"]["LinkedBy"][];
        };
        /** @description One call to the engine, and why. */
        readonly PlannedAction: {
            readonly container: string;
            readonly action: string;
            readonly target: string;
            readonly reason: string;
        };
        /** @description What would be done on the engine. */
        readonly Plan: {
            /** @description In order. */
            readonly actions: readonly components["schemas"]["PlannedAction"][];
            /** @description Running containers that would be stopped, restarted or replaced, and why. */
            readonly interrupted: readonly {
                readonly container: string;
                readonly reason: string;
            }[];
            /** @description What would still stand in the way in the end. */
            readonly obstacles: readonly {
                readonly container: string;
                /** @enum {string} */
                readonly condition: "Ready" | "ImageAvailable" | "PortsBound" | "LinksResolved";
                readonly reason: string;
                readonly message: string;
            }[];
            /** @description What each changed field means for a container that runs. */
            readonly changes: readonly {
                readonly container: string;
                readonly field: string;
                /**
                 * @description replace: a new container in the place of the old one. none: it runs on.
                 * @enum {string}
                 */
                readonly costs: "replace" | "stop" | "start" | "none";
            }[];
        };
        /** @description A container definition and its status. What GET returns can be edited and PUT back. */
        readonly Container: {
            readonly name: string;
            /**
             * @description The image reference.
             * @example training/webapp:latest
             */
            readonly image: string;
            /**
             * @description The service's name in the Compose file that it comes from: on its user-defined network it is found by it. Absent where that is its own name.
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
             * @description --network-alias: names that all containers of its user-defined network find it by, beside its own.
             * @example [
             *       "front"
             *     ]
             */
            readonly networkAliases?: readonly string[];
            /**
             * @description Without one, here or in the image, a changed container counts as good once it has run for a second: one that fails later is not rolled back. With one it has to be healthy first.
             * @example {
             *       "command": [
             *         "true"
             *       ],
             *       "intervalSeconds": 5,
             *       "timeoutSeconds": 2,
             *       "retries": 3,
             *       "startPeriodSeconds": 1
             *     }
             */
            readonly healthcheck?: {
                /** @description The argument vector; an empty list switches the image's check off. Docker's array form means the same as in Docker: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE']. */
                readonly command: readonly string[];
                readonly intervalSeconds?: number;
                readonly timeoutSeconds?: number;
                readonly retries?: number;
                readonly startPeriodSeconds?: number;
            };
            /** @example SIGTERM */
            readonly stopSignal?: string;
            /**
             * @description -e: name to value.
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
            /** @description -P: publish all that the image exposes. */
            readonly publishAll: boolean;
            readonly ports: readonly components["schemas"]["PortMapping"][];
            readonly links: readonly components["schemas"]["Link"][];
            /** @description --network: bridge, or a network that Berth makes and removes. */
            readonly network: string;
            /**
             * @description -v: named volumes, and paths of the host that the policy lists.
             * @example [
             *       {
             *         "volume": "data",
             *         "target": "/data",
             *         "readOnly": true
             *       }
             *     ]
             */
            readonly volumes: readonly {
                /** @description The name of a volume, which is made where there is none; or a path of the host, exactly as the policy lists it, which has to be there. */
                readonly volume: string;
                /** @description Where it is mounted: an absolute path. */
                readonly target: string;
                /** @default false */
                readonly readOnly?: boolean;
            }[];
            /**
             * @description --label: key to value. io.berth. is reserved.
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
                /** @description At least 6 MiB, as the engine demands. */
                readonly memoryBytes?: number;
                readonly cpus?: number;
                /** @default 4096 */
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
            /** @description Never used again, also after a deletion. */
            readonly uid: string;
            /** @description Rises by one with every change of the definition. */
            readonly generation: number;
            /**
             * Format: date-time
             * @description When it was declared.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            readonly updatedAt: string;
            readonly deletionRequestedAt: string | null;
            readonly status: components["schemas"]["Status"];
            readonly set: string | null;
            readonly plan?: components["schemas"]["Plan"];
        };
        /** @description Definitions that are declared together. Each needs a name. */
        readonly Apply: {
            /** @description The name of the set that they belong to. */
            readonly set?: string;
            /**
             * @description Remove what belongs to the set and is not among them.
             * @default false
             */
            readonly prune?: boolean;
            readonly containers: readonly components["schemas"]["DefinitionInput"][];
        };
        readonly Applied: {
            readonly set: string | null;
            /** @description In the order of the body; then what was pruned. */
            readonly results: readonly {
                readonly name: string;
                /** @enum {string} */
                readonly result: "created" | "updated" | "unchanged" | "deleted";
                readonly container: components["schemas"]["Container"];
            }[];
            readonly plan?: components["schemas"]["Plan"];
        };
        readonly Adopt: {
            /** @description The name or id of a container on the engine. */
            readonly container: string;
            /**
             * @description Also when something of it would be lost at its first replacement.
             * @default false
             */
            readonly force?: boolean;
        };
        readonly Adopted: {
            readonly container: components["schemas"]["Container"];
            /** @description What its first replacement would be without. */
            readonly lost: readonly {
                /**
                 * @description As the engine calls it.
                 * @example HostConfig.Privileged
                 */
                readonly field: string;
                readonly value: unknown;
                readonly reason: string;
            }[];
            /** @description What is otherwise on every container that Berth makes. Nothing of it is changed at once. */
            readonly changed: readonly {
                /**
                 * @description As the engine calls it.
                 * @example HostConfig.PidsLimit
                 */
                readonly field: string;
                readonly value: unknown;
                readonly becomes: unknown;
                /** @description From when on, and what comes of it. */
                readonly reason: string;
            }[];
        };
        /** @description One change: of what is declared, or on the engine. Values of variables are not told. */
        readonly Event: {
            /** @description Rises with every event. */
            readonly id: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             */
            readonly at: string;
            /** @enum {string} */
            readonly type: "Created" | "Updated" | "DeletionRequested" | "RestartRequested" | "Adopted" | "Removed" | "Step" | "StepFailed" | "RolledBack" | "ConditionChanged" | "Restored" | "Released" | "Discarded" | "TokenCreated" | "TokenRevoked" | "Requested" | "Refused";
            /** @description The name of the definition; empty where it is about all of them. */
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
        readonly DockerRun: {
            /**
             * @description The line as it is typed into a shell: docker run or docker create, its flags, the image, a command.
             * @example docker run -d -p 5000:5000 --name web training/webapp python app.py
             */
            readonly command: string;
            /** @description The variables of the shell: what $NAME, a home directory (HOME) and an -e NAME without a value stand for. */
            readonly env?: {
                readonly [key: string]: string;
            };
        };
        readonly Compose: {
            /** @description The text of the Compose file. */
            readonly compose: string;
            /** @description The project, which is the set. Absent: the file's own `name`. */
            readonly project?: string;
            /** @description What the variables of the file stand for. */
            readonly env?: {
                readonly [key: string]: string;
            };
            /** @description Services of these profiles are taken too; * is all. */
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
        /** @description A definition as it was read: what was said, and nothing else. It can be sent as it is. */
        readonly ReadDefinition: {
            /** @description --name. Absent: one like elated_cohen is made up. */
            readonly name?: string;
            /**
             * @description The image reference.
             * @example training/webapp:latest
             */
            readonly image: string;
            /**
             * @description The service's name in the Compose file that it comes from: on its user-defined network it is found by it. Absent where that is its own name.
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
             * @description --network-alias: names that all containers of its user-defined network find it by, beside its own.
             * @example [
             *       "front"
             *     ]
             */
            readonly networkAliases?: readonly string[];
            /**
             * @description Without one, here or in the image, a changed container counts as good once it has run for a second: one that fails later is not rolled back. With one it has to be healthy first.
             * @example {
             *       "command": [
             *         "true"
             *       ],
             *       "intervalSeconds": 5,
             *       "timeoutSeconds": 2,
             *       "retries": 3,
             *       "startPeriodSeconds": 1
             *     }
             */
            readonly healthcheck?: {
                /** @description The argument vector; an empty list switches the image's check off. Docker's array form means the same as in Docker: ['CMD', program, …], ['CMD-SHELL', command] or ['NONE']. */
                readonly command: readonly string[];
                readonly intervalSeconds?: number;
                readonly timeoutSeconds?: number;
                readonly retries?: number;
                readonly startPeriodSeconds?: number;
            };
            /** @example SIGTERM */
            readonly stopSignal?: string;
            /**
             * @description -e: name to value.
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
            /** @description -P: publish all that the image exposes. */
            readonly publishAll?: boolean;
            /**
             * @description -p, as text or object.
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
             * @description --link: name, name:alias, or object.
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
            /** @description --network: bridge, or a network that Berth makes and removes. */
            readonly network?: string;
            /**
             * @description -v: named volumes, and paths of the host that the policy lists.
             * @example [
             *       {
             *         "volume": "data",
             *         "target": "/data",
             *         "readOnly": true
             *       }
             *     ]
             */
            readonly volumes?: readonly {
                /** @description The name of a volume, which is made where there is none; or a path of the host, exactly as the policy lists it, which has to be there. */
                readonly volume: string;
                /** @description Where it is mounted: an absolute path. */
                readonly target: string;
                readonly readOnly?: boolean;
            }[];
            /**
             * @description --label: key to value. io.berth. is reserved.
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
                /** @description At least 6 MiB, as the engine demands. */
                readonly memoryBytes?: number;
                readonly cpus?: number;
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
        /** @description What was imported, as definitions. With ?apply=true they have been stored. */
        readonly Imported: {
            readonly set: string | null;
            /** @description What was read, as it can be sent to /v1/apply. */
            readonly containers: readonly components["schemas"]["ReadDefinition"][];
            /** @description What was given and is not in the definitions. Nothing is dropped in silence. */
            readonly left: readonly {
                /**
                 * @description A flag, or a JSON pointer into the file.
                 * @example --gpus
                 */
                readonly at: string;
                /** @description As it was written. */
                readonly value: string;
                /**
                 * @description ignored: makes no difference to what is kept running, or was read as Docker reads it and may not be what was meant. unsupported: without it the container is another one.
                 * @enum {string}
                 */
                readonly effect: "ignored" | "unsupported";
                /** @description Why it is left out, and what to do instead. */
                readonly reason: string;
            }[];
            readonly applied?: components["schemas"]["Applied"];
        };
        /** @description What a backup holds, in the place of what. */
        readonly Restored: {
            readonly takenAt: string | null;
            /** @description The owner label of what is made on the engine, which is the one of the backup. */
            readonly instance: string;
            /** @description How many definitions the backup holds. */
            readonly restored: number;
            /** @description In the place of how many they come. */
            readonly replaced: number;
            /** @description Whether nothing was changed. */
            readonly dryRun: boolean;
        };
        /** @description What is held after a restore. `plan` is what would be done; null where nothing is held, or the engine can not be seen. */
        readonly Held: {
            /** @description Whether anything waits for a person. */
            readonly held: boolean;
            readonly reason: ("restored" | "replaced" | "older") | null;
            readonly since: string | null;
            readonly takenAt: string | null;
            readonly plan: components["schemas"]["Plan"] | null;
            /** @description Containers of this instance that no definition knows. */
            readonly strays: readonly {
                readonly id: string;
                readonly name: string;
                /** @description The definition that it was made for. */
                readonly uid: string;
                readonly generation: number;
                /**
                 * @description As the engine says it.
                 * @example running
                 */
                readonly state: string;
                readonly ports: readonly components["schemas"]["Binding"][];
            }[];
            /** @description Definitions whose container was made from a later generation than they have. */
            readonly later: readonly {
                readonly container: string;
                readonly generation: number;
                /** @description The one that its container was made from. */
                readonly containerGeneration: number;
            }[];
            /** @description Containers that a restored database calls adopted, and that this server never adopted. They are left alone, also after a release, until POST /v1/adopt adopts them again. */
            readonly unverified: readonly {
                /** @description The restored definition that says it adopted the container. */
                readonly definition: string;
                readonly id: string;
                readonly name: string;
                /**
                 * @description As the engine says it.
                 * @example running
                 */
                readonly state: string;
            }[];
        };
        readonly Release: {
            /**
             * @description What becomes of the containers of this instance that no definition knows.
             * @default keep
             * @enum {string}
             */
            readonly strays?: "keep" | "remove";
        };
        readonly Released: {
            /** @enum {boolean} */
            readonly held: false;
            /** @description Those that are removed now. */
            readonly strays: readonly {
                readonly id: string;
                readonly name: string;
                /** @description The definition that it was made for. */
                readonly uid: string;
                readonly generation: number;
                /**
                 * @description As the engine says it.
                 * @example running
                 */
                readonly state: string;
                readonly ports: readonly components["schemas"]["Binding"][];
            }[];
        };
        /** @description What definitions may ask for. */
        readonly Policy: {
            readonly file: string | null;
            /**
             * Format: date-time
             * @description When it was last read.
             */
            readonly readAt: string;
            readonly policy: {
                /** @description Host addresses that ports may be published on. */
                readonly publish: ("any" | "loopback") | readonly string[];
                readonly images: {
                    /** @description Registries that images may come from, as host[:port]. */
                    readonly registries: "any" | readonly string[];
                };
                /** @description Paths of the host that may be mounted. */
                readonly hostPaths: readonly string[];
                /**
                 * @description What links may hand on of their source.
                 * @enum {string}
                 */
                readonly linkEnv: "all" | "address";
            };
            /** @description Definitions that it would refuse, and that were declared before. They are left as they are. */
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
            /** @description null is every interface. */
            readonly hostIp: string | null;
            readonly hostPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            readonly containerPort: number;
            readonly container: string;
            /**
             * @description Declared; picked by Berth; picked for publishAll; of a container that is not ours.
             * @enum {string}
             */
            readonly origin: "fixed" | "assigned" | "publishAll" | "foreign";
            /** @description Whether the engine has it bound now. */
            readonly bound: boolean;
        };
        readonly PortCheck: {
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            /** @description null where it cannot be told. */
            readonly reachable: boolean | null;
            /**
             * @description open: something answered. refused: nothing listens. unreachable: there is no way to it. no-answer: nothing came back, which of UDP says nothing. failed: the attempt itself. not-tried: see the message.
             * @enum {string}
             */
            readonly outcome: "open" | "refused" | "unreachable" | "no-answer" | "failed" | "not-tried";
            /** @description From the attempt to the answer; null where none came. */
            readonly milliseconds: number | null;
            /** @description For a person. Empty where all is well. */
            readonly message: string;
        };
        /** @description What a process inside the recipient finds of a link. */
        readonly LinkCheck: {
            /** @description The recipient, from inside which it is looked. */
            readonly container: string;
            readonly alias: string;
            readonly source: string;
            /**
             * @description How the link stands, as in the topology.
             * @enum {string}
             */
            readonly state: "resolved" | "stale" | "waiting" | "missing" | "unknown";
            /** @description Where the source is now; null while it does not run. */
            readonly address: string | null;
            /** @description Where the alias leads to, inside the recipient. */
            readonly resolved: {
                /** @description In the order in which a process gets them. */
                readonly addresses: readonly string[];
                readonly milliseconds: number;
            };
            /** @description true: every port is. false: one is not, or there is no way to try. null: it cannot be told. */
            readonly reachable: boolean | null;
            /** @description For a person. Empty where all is well. */
            readonly message: string;
            /** @description What the source exposes and publishes. */
            readonly ports: readonly components["schemas"]["PortCheck"][];
        };
        readonly PortReach: {
            /** @description The address of the host that it is bound to; null is every IPv4 address. */
            readonly hostIp: string | null;
            readonly hostPort: number;
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            /** @description null where it cannot be told. */
            readonly reachable: boolean | null;
            /**
             * @description Reachable: a client gets through. PortUnreachable: the container answers on its own address, and not by the host port. NotListening: nothing listens in the container. NoAnswer: nothing came back from the container itself, which of UDP says nothing. NotTried: see the message.
             * @enum {string}
             */
            readonly reason: "Reachable" | "PortUnreachable" | "NotListening" | "NoAnswer" | "NotTried";
            /** @description The address of the host that was tried; null where it has none. */
            readonly address: string | null;
            /**
             * @description The attempt on the host port, from the host itself, as in a link check.
             * @enum {string}
             */
            readonly outcome: "open" | "refused" | "unreachable" | "no-answer" | "failed" | "not-tried";
            /** @description From the attempt to the answer; null where none came. */
            readonly milliseconds: number | null;
            /** @description For a person: why, and what to do. Often empty where all is well. */
            readonly message: string;
        };
        /** @description What a client of the host finds of a container's published ports. */
        readonly PortsCheck: {
            readonly container: string;
            /** @description true: every port is. false: one is not. null: it cannot be told, or nothing is published. */
            readonly reachable: boolean | null;
            /** @description For a person. Empty where all is well. */
            readonly message: string;
            /** @description Each host port that the engine has bound. */
            readonly ports: readonly components["schemas"]["PortReach"][];
        };
        /** @description A group: of the containers that name it as their network. */
        readonly NetworkNode: {
            /** @enum {string} */
            readonly kind: "network";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            readonly name: string;
        };
        readonly ContainerNode: {
            /** @enum {string} */
            readonly kind: "container";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            readonly name: string;
            readonly image: string;
            readonly network: string;
            /** @description The set that apply declared it in. */
            readonly set: string | null;
            /** @description The engine's state of its container, or absent. */
            readonly state: string;
            /**
             * @description Its condition Ready.
             * @enum {string}
             */
            readonly ready: "True" | "False" | "Unknown";
            /** @description Of that condition: one CamelCase word, for programs. */
            readonly reason: string;
            /** @description For a person. */
            readonly message: string;
        };
        /** @description A host port that is claimed. */
        readonly HostPortNode: {
            /** @enum {string} */
            readonly kind: "host-port";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            /** @description null is every interface. */
            readonly hostIp: string | null;
            readonly hostPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
        };
        /** @description A container that Berth does not manage: it has the name of a source, or has bound a claimed host port. */
        readonly ForeignNode: {
            /** @enum {string} */
            readonly kind: "foreign";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            readonly name: string;
            readonly state: string;
        };
        /** @description The source of a link that is not defined. */
        readonly MissingNode: {
            /** @enum {string} */
            readonly kind: "missing";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            readonly name: string;
        };
        readonly LinkEdge: {
            /** @enum {string} */
            readonly kind: "link";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            /** @description The id of the recipient. */
            readonly from: string;
            /** @description The id of the source. */
            readonly to: string;
            readonly alias: string;
            /** @enum {string} */
            readonly env: "all" | "address" | "none";
            /**
             * @description resolved: the recipient has it, on the default bridge as a line of its /etc/hosts that Berth has read. stale: it has an older address, or none. waiting: for the source, or the recipient itself. missing: the source is not defined. unknown: the engine cannot be asked, or /etc/hosts has not been read yet.
             * @enum {string}
             */
            readonly state: "resolved" | "stale" | "waiting" | "missing" | "unknown";
        };
        readonly PublishedEdge: {
            /** @enum {string} */
            readonly kind: "published";
            /** @description Stable, also as the id in the SVG. */
            readonly id: string;
            /** @description The id of the host port. */
            readonly from: string;
            /** @description The id of the container. */
            readonly to: string;
            readonly containerPort: number;
            /** @enum {string} */
            readonly protocol: "tcp" | "udp" | "sctp";
            /** @description Whether the engine has it bound; null while that is not known. */
            readonly bound: boolean | null;
        };
        /** @description The graph of ports and links. */
        readonly Topology: {
            /** @description Networks, containers, host ports, what is foreign and what is missing; each by name or number. */
            readonly nodes: readonly (components["schemas"]["NetworkNode"] | components["schemas"]["ContainerNode"] | components["schemas"]["HostPortNode"] | components["schemas"]["ForeignNode"] | components["schemas"]["MissingNode"])[];
            readonly edges: readonly (components["schemas"]["LinkEdge"] | components["schemas"]["PublishedEdge"])[];
        };
        /** @description Who may call. The secret itself is told once, and stored nowhere. */
        readonly Token: {
            readonly id: string;
            /** @description In the record of what changed, as `actor`. */
            readonly name: string;
            /**
             * @description viewer: reads, without the values of variables. operator: declares, and looks inside. admin: everything.
             * @enum {string}
             */
            readonly role: "viewer" | "operator" | "admin";
            readonly createdAt: string | null;
            readonly expiresAt: string | null;
            /**
             * @description configured: the server's own, from its data folder or BERTH_TOKEN. It can't be revoked here.
             * @enum {string}
             */
            readonly origin: "api" | "configured";
        };
        readonly TokenInput: {
            /** @description Another for each token. */
            readonly name: string;
            /**
             * @description viewer: reads, without the values of variables. operator: declares, and looks inside. admin: everything.
             * @enum {string}
             */
            readonly role: "viewer" | "operator" | "admin";
            /** @description By default it does not expire. */
            readonly expiresInSeconds?: number;
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
export type Event = components['schemas']['Event'];
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
export type Token = components['schemas']['Token'];
export type TokenInput = components['schemas']['TokenInput'];
export type $defs = Record<string, never>;
export interface operations {
    readonly listContainers: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description nextCursor of the page before. */
                readonly cursor?: string;
                /** @description Only the newest: `docker ps -l`. */
                readonly latest?: boolean;
                readonly name?: string;
                readonly image?: string;
                /** @description key or key=value; may be given several times. */
                readonly label?: readonly string[];
                /** @description The engine's word (running, exited, …), or absent. */
                readonly state?: string;
                readonly ready?: boolean;
                readonly hostPort?: number;
                /** @description Those of this set. */
                readonly set?: string;
                /** @description Those that link to this one. */
                readonly linkedTo?: string;
            };
            readonly header?: {
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Container"][];
                        readonly nextCursor: string | null;
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor-expired`: The cursor is no longer valid. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description Of a dry run: the definition as it would be, with its `plan`. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotes. */
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
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. `name-taken`: The name is taken. `port-claimed`: The host port is claimed by another definition. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
                    /** @description The generation and a digest of what is sent, in quotes. If-Match takes it, and compares the generation. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
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
            /** @description Replaced, or equal to what there was; of a dry run, what would be. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotes. */
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
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: The name is taken. `port-claimed`: The host port is claimed by another definition. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
                /** @description Also while others link to it. */
                readonly force?: boolean;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
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
            /** @description Waited for, and gone; of a dry run, what would go. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Being removed: GET it until that is a 404, or ask with ?wait. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in-use`: Other containers link to this one. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
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
            /** @description Changed, or equal to what there was; of a dry run, what would be. */
            readonly 200: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: The name is taken. `port-claimed`: The host port is claimed by another definition. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. `name-taken`: The name is taken. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. `name-taken`: The name is taken. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Only if the definition is at this generation: an ETag of any answer of it, as "3" or "3-Zk1x", or *. A change of the status alone matters nothing. */
                readonly "if-match"?: string;
                /** @description With *: only if there is no definition of that name yet. */
                readonly "if-none-match"?: string;
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    /** @description The generation, in quotes. */
                    readonly ETag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Container"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. `name-taken`: The name is taken. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `stale-generation`: The definition has changed since. */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `port-claimed`: The host port is claimed by another definition. `in-use`: Other containers link to this one. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description Stored; with ?wait all are ready. Of a dry run, what would be, with its `plan`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Applied"];
                };
            };
            /** @description Stored; not all were ready when the wait ended. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Applied"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `port-claimed`: The host port is claimed by another definition. `in-use`: Other containers link to this one. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Check and show, and store nothing. */
                readonly dryRun?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description Of a dry run: the definition that it would have. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Adopted"];
                };
            };
            /** @description Taken over. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Adopted"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: The name is taken. `port-claimed`: The host port is claimed by another definition. `not-adoptable`: The container cannot be taken over. `would-interrupt`: Something of the container would be lost. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description Store what was read. */
                readonly apply?: boolean;
                /** @description Store it also where something of it can not be had, without that. */
                readonly force?: boolean;
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description Read; nothing was stored. Of a dry run, with what would be applied and its `plan`. */
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
            /** @description Stored; not ready when the wait ended. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: The name is taken. `port-claimed`: The host port is claimed by another definition. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `not-importable`: Not all of it can be taken over. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `busy`: Too much of this is under way. `shutting-down`: Berth is being stopped. */
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
                /** @description Store what was read. */
                readonly apply?: boolean;
                /** @description Store it also where something of it can not be had, without that. */
                readonly force?: boolean;
                /** @description Run every check, store nothing, and answer with the steps that would follow. */
                readonly dryRun?: boolean;
                /** @description Seconds to wait for the definition to be ready. */
                readonly wait?: number;
                /** @description Remove what belongs to the set and is not in the file. */
                readonly prune?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description Read. With `apply` stored; with ?wait all are ready. Of a dry run with its `plan`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description Stored; not all were ready when the wait ended. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `port-claimed`: The host port is claimed by another definition. `in-use`: Other containers link to this one. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `not-importable`: Not all of it can be taken over. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `busy`: Too much of this is under way. `shutting-down`: Berth is being stopped. */
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
                /** @description Only what belongs to this set. */
                readonly set?: string;
                /** @description Only the container of this name; may be given several times. */
                readonly name?: readonly string[];
            };
            readonly header?: {
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file. */
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
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `busy`: Too much of this is under way. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description Resolved as far as the sources run. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly outgoing: readonly (components["schemas"]["ResolvedLink"] & {
                            /** @enum {string} */
                            readonly env: "all" | "address" | "none";
                        })[];
                        readonly incoming: readonly (components["schemas"]["LinkedBy"] & {
                            /** @enum {string} */
                            readonly env: "all" | "address" | "none";
                        })[];
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description Names and values. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly env: {
                            readonly [key: string]: string;
                        };
                        /** @description The names among them that links brought. */
                        readonly fromLinks: readonly string[];
                    };
                    /**
                     * @example PATH=/usr/bin:/bin
                     *     HOSTNAME=36c9194c5c2b
                     *     DB_PORT=tcp://172.17.0.2:3306
                     *     HOME=/root
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description The file, and its entries. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description The file, to the letter. */
                        readonly text: string;
                        readonly entries: readonly {
                            readonly address: string;
                            readonly names: readonly string[];
                        }[];
                    };
                    /**
                     * @example 127.0.0.1	localhost
                     *     172.17.0.2	db a4bdee731c62
                     *     172.17.0.3	4c12178318ca
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description The engine's own answer. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description The host ports that are bound now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Binding"][];
                    };
                    /**
                     * @example 5000/tcp -> 0.0.0.0:5000
                     *     5000/tcp -> [::]:5000
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description The host ports that are bound now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Binding"][];
                    };
                    /**
                     * @example 0.0.0.0:5000
                     *     [::]:5000
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. `port-not-published`: The port is not published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description The host ports that are bound now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Binding"][];
                    };
                    /**
                     * @example 0.0.0.0:5000
                     *     [::]:5000
                     */
                    readonly "text/plain": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. `port-not-published`: The port is not published. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By number. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Claim"][];
                        /** @description Whether nobody known has it, on any address, for the protocol asked for (tcp). */
                        readonly free?: boolean;
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Go on with what comes. */
                readonly follow?: boolean;
                /** @description Take the standard output. */
                readonly stdout?: boolean;
                /** @description Take the standard error. */
                readonly stderr?: boolean;
                /** @description Begin each line with the engine's time. */
                readonly timestamps?: boolean;
                /** @description So many lines from the end, or all. */
                readonly tail?: string;
                /** @description Unix seconds, an RFC 3339 time, or a span back as 10m. */
                readonly since?: string;
                /** @description As since. */
                readonly until?: string;
            };
            readonly header?: {
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description Both streams as they came. */
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
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description What was found. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LinkCheck"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: The container does not run. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `probe-unavailable`: Nothing can look out of a container here. */
            readonly 501: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Too much of this is under way. `engine-unavailable`: The container engine cannot be reached. `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description What was found. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PortsCheck"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: The container does not run. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `probe-unavailable`: Nothing can look out of a container here. */
            readonly 501: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `busy`: Too much of this is under way. `engine-unavailable`: The container engine cannot be reached. `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Containers of this set. */
                readonly set?: string;
                /** @description The container of this name. */
                readonly name?: string;
                /** @description How many links away from those others are shown. */
                readonly depth?: number;
            };
            readonly header?: {
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The same text for the same state. */
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
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too-large-to-draw`: The graph is too large to be drawn. */
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
            /** @description `busy`: Too much of this is under way. `shutting-down`: Berth is being stopped. */
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
                /** @description A reading a second, as text/event-stream. */
                readonly follow?: boolean;
            };
            readonly header?: {
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
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
            /** @description A reading, or one after the other. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /**
                         * Format: date-time
                         * @description When the engine read it.
                         */
                        readonly readAt: string;
                        readonly cpu: {
                            readonly percent: number | null;
                            readonly onlineCpus: number;
                            /** @description Since the container was started, as all that is counted. */
                            readonly usedNanoseconds: number;
                            readonly kernelNanoseconds: number;
                            readonly userNanoseconds: number;
                            /** @description How long it had to wait for its limit of processors. */
                            readonly throttledNanoseconds: number;
                        };
                        readonly memory: {
                            /** @description Without the cache that can be dropped at once. */
                            readonly usedBytes: number;
                            readonly withCacheBytes: number;
                            /** @description Its limit; the host's memory where it has none. */
                            readonly limitBytes: number;
                            /** @description usedBytes of limitBytes. */
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
                    /**
                     * @example event: stats
                     *     data: {"readAt":"2026-01-16T07:44:10.321357809Z","cpu":{"percent":12.5,"onlineCpus":2,"usedNanoseconds":593915543,"kernelNanoseconds":310000000,"userNanoseconds":280000000,"throttledNanoseconds":0},"memory":{"usedBytes":14680064,"withCacheBytes":20971520,"limitBytes":4294967296,"percent":0.34},"network":{"receivedBytes":1112,"sentBytes":640,"receivedPackets":12,"sentPackets":8,"receivedDropped":0,"sentDropped":0},"blockIo":{"readBytes":1048576,"writtenBytes":0},"pids":{"current":3,"limit":4096}}
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-running`: The container does not run. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
                    /** @description The argument vector. No shell takes it apart: for one, send ["sh", "-c", "…"]. */
                    readonly command: readonly string[];
                    /**
                     * @description Then the command is killed.
                     * @default 10
                     */
                    readonly timeoutSeconds?: number;
                    /** @description -u: by default the container's. */
                    readonly user?: string;
                    /** @description -w: by default the container's. */
                    readonly workingDir?: string;
                    /** @description -e: beside the container's own. */
                    readonly env?: {
                        readonly [key: string]: string;
                    };
                    /**
                     * @description How stdout and stderr are written. As utf8, bytes that are none become U+FFFD; base64 keeps every byte.
                     * @default utf8
                     * @enum {string}
                     */
                    readonly encoding?: "utf8" | "base64";
                };
            };
        };
        readonly responses: {
            /** @description It was run. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly exitCode: number | null;
                        readonly stdout: string;
                        readonly stderr: string;
                        /** @description It wrote more than 1 MiB to one of them: what came after is left out. */
                        readonly truncated: boolean;
                        readonly timedOut: boolean;
                        /** @description It could not be killed, since its image has no shell. */
                        readonly stillRunning: boolean;
                    };
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
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. `not-running`: The container does not run. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. `invalid-definition`: The definition cannot work. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly {
                            readonly id: string;
                            /** @description Its names. */
                            readonly tags: readonly string[];
                            /** @description Its names by content; none where it came from no registry. */
                            readonly digests: readonly string[];
                            /** @description Unpacked, layers that it shares with others included. */
                            readonly sizeBytes: number;
                            /** Format: date-time */
                            readonly createdAt: string;
                            /** @description The definitions that name it, or whose container was made from it. */
                            readonly usedBy: readonly string[];
                        }[];
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description The reference; without a tag or digest it is :latest. */
                    readonly image: string;
                };
            };
        };
        readonly responses: {
            /** @description It is there, or on its way. */
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
                    readonly "application/json": {
                        /** @description The reference, with its tag. */
                        readonly image: string;
                        readonly imageId: string;
                        readonly digest: string | null;
                    };
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `policy-denied`: The policy does not allow it. `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `image-not-found`: No registry gives the image. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-mismatch`: The key was used for another request. `invalid-definition`: The definition cannot work. */
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
            /** @description `pull-failed`: The image could not be pulled. */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `engine-unavailable`: The container engine cannot be reached. `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Who it is, and whether it can be reached. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description docker or podman; null before the first connection. */
                        readonly kind: string | null;
                        /** @description The engine's version. */
                        readonly version: string | null;
                        /** @description The API version that Berth speaks with it. */
                        readonly apiVersion: string | null;
                        /** @description Where it is looked for. */
                        readonly address: string;
                        readonly reachable: boolean;
                        /**
                         * Format: date-time
                         * @description Since when it has been so.
                         */
                        readonly since: string;
                        /** @description Why it cannot be reached. */
                        readonly message: string | null;
                        /** @description Set while the disk of the engine is full: what runs is left alone, pulls and creations wait (EngineDiskFull), and one of them tries now and then. */
                        readonly diskFull: {
                            /** Format: date-time */
                            readonly since: string;
                            /** @description The engine's own words. */
                            readonly message: string;
                        } | null;
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Only events with a greater id. */
                readonly after?: number;
                /** @description Most events in a page. */
                readonly limit?: number;
                /** @description Only those of this container. */
                readonly container?: string;
                /** @description Only these. */
                readonly type?: "Created" | "Updated" | "DeletionRequested" | "RestartRequested" | "Adopted" | "Removed" | "Step" | "StepFailed" | "RolledBack" | "ConditionChanged" | "Restored" | "Released" | "Discarded" | "TokenCreated" | "TokenRevoked" | "Requested" | "Refused";
            };
            readonly header?: {
                /** @description Where a watcher was: it goes on after that. */
                readonly "last-event-id"?: string;
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. Ask for the next one with ?after=next. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Event"][];
                        readonly next: number;
                    };
                    /**
                     * @example id: 42
                     *     event: RolledBack
                     *     data: {"id":42,"at":"2026-01-16T07:44:01.310Z","type":"RolledBack","container":"web","uid":"8c7e1f0a-6a0e-4c53-9a4e-0f1a7f3f5b11","reason":"StartFailed","message":"exec: \"/no/such/command\": stat /no/such/command: no such file or directory","by":"berth","actor":null,"requestId":"5f0c3c1e-7a39-4f29-9a55-0a6d2d1f8f0e","before":null,"after":null}
                     */
                    readonly "text/event-stream": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-acceptable`: No such representation. */
            readonly 406: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor-expired`: The cursor is no longer valid. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it was last read. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In force. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-policy`: The policy cannot be read. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file. */
            readonly 200: {
                headers: {
                    /** @description A file name with the time. */
                    readonly "Content-Disposition"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    /** @example SQLite format 3… */
                    readonly "application/vnd.sqlite3": string;
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Whether something is held, and what. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Held"];
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Check the file, and change nothing. */
                readonly dryRun?: boolean;
            };
            readonly header?: {
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description In force, and held. Of a dry run, what would be. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Restored"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `other-instance`: The backup is of another Berth. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-backup`: This is no backup that can be restored. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
            /** @description Released; `strays` are those that are removed. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Released"];
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-held`: Nothing is held. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `engine-unavailable`: The container engine cannot be reached. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All, those that have expired included. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Token"][];
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                /** @description Makes the request safe to be sent again: the same key with the same request gets the same answer for 24 hours, also after a crash. */
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
                    readonly "application/json": {
                        readonly id: string;
                        /** @description In the record of what changed, as `actor`. */
                        readonly name: string;
                        /**
                         * @description viewer: reads, without the values of variables. operator: declares, and looks inside. admin: everything.
                         * @enum {string}
                         */
                        readonly role: "viewer" | "operator" | "admin";
                        readonly createdAt: string | null;
                        readonly expiresAt: string | null;
                        /**
                         * @description configured: the server's own, from its data folder or BERTH_TOKEN. It can't be revoked here.
                         * @enum {string}
                         */
                        readonly origin: "api" | "configured";
                        /** @description The secret. */
                        readonly token: string;
                    };
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `name-taken`: The name is taken. `idempotency-in-flight`: The same request is still being answered. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
            readonly 421: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid-definition`: The definition cannot work. `idempotency-mismatch`: The key was used for another request. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `in-use`: Other containers link to this one. */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload-too-large`: The body is too large. */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported-media-type`: The media type is not supported. */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `storage-unavailable`: The database cannot be written. `shutting-down`: Berth is being stopped. */
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
                /** @description An ETag of an earlier answer: 304 without a body if the answer would be the same. */
                readonly "if-none-match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The token that the request came with; without one, whatever lets it in. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly id: string;
                        readonly name: string;
                        /**
                         * @description viewer: reads, without the values of variables. operator: declares, and looks inside. admin: everything.
                         * @enum {string}
                         */
                        readonly role: "viewer" | "operator" | "admin";
                    };
                };
            };
            /** @description What the client has is what there is: If-None-Match names its ETag. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
            /** @description It does. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @enum {string} */
                        readonly status: "ok";
                    };
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
            /** @description They can. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly ready: boolean;
                        /** @description ok, or what is wrong with the database. */
                        readonly storage: string;
                        /** @description ok, or why it cannot be reached, or that its disk is full: definitions are taken all the same. */
                        readonly engine: string;
                    };
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description The database does not answer. `shutting-down`: Berth is being stopped. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                    readonly "application/json": {
                        readonly ready: boolean;
                        /** @description ok, or what is wrong with the database. */
                        readonly storage: string;
                        /** @description ok, or why it cannot be reached, or that its disk is full: definitions are taken all the same. */
                        readonly engine: string;
                    };
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
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A token is needed. */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: The token may not do this. `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
            /** @description The catalogue. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly {
                            readonly code: string;
                            readonly status: number;
                            readonly title: string;
                            readonly help: string;
                        }[];
                    };
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
                    readonly "application/json": {
                        readonly code: string;
                        readonly status: number;
                        readonly title: string;
                        readonly help: string;
                    };
                };
            };
            /** @description `invalid-body`: The request is malformed. */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `foreign-origin`: The request comes from a page of another server. */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not-found`: There is no such thing. */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `misdirected`: The request is meant for another server. */
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
            /** @description `shutting-down`: Berth is being stopped. */
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
}
