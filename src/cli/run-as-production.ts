/** Libraries check themselves at every step unless this says that it is for real; they read it when they are loaded. */
process.env.NODE_ENV ??= "production";
