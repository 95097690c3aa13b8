/** Libraries check themselves at every step unless this says that it is for real; they read it when they are loaded. */
process.env.NODE_ENV ??= "production";

/** With this set, the HTTP library of the cloud's SDK would print headers, a session's token among them; it too is read at loading. */
delete process.env.DEBUG;
