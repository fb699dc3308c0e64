using Metering.Benchmarks.Science;
using Metering.Benchmarks.Storage;

return args.FirstOrDefault() switch
{
    "storage" => await StorageBenchmarks.RunAsync(args[1..]),
    "comfort" => ComfortBenchmarks.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("storage intake|two-years|forward [n]");
    Console.Error.WriteLine("comfort");
    return 2;
}
