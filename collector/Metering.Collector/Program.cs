using Metering.Collector.Cli;

return await Verbs.RunAsync(args, Console.Out, Console.Error, CancellationToken.None).ConfigureAwait(false);
