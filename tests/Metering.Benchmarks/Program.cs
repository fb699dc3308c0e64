using Metering.Benchmarks.Storage;

return args.FirstOrDefault() switch
{
    "storage" => await StorageBenchmarks.RunAsync(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("storage intake|two-years [n]");
    return 2;
}
