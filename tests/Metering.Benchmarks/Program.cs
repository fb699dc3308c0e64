using Metering.Benchmarks.Export;
using Metering.Benchmarks.Mqtt;
using Metering.Benchmarks.Notes;
using Metering.Benchmarks.Science;
using Metering.Benchmarks.Storage;

return args.FirstOrDefault() switch
{
    "storage" => await StorageBenchmarks.RunAsync(args[1..]),
    "note" => await NoteBenchmark.RunAsync(args[1..]),
    "comfort" => ComfortBenchmarks.Run(),
    "science" => ScienceBenchmark.Run(args[1..]),
    "package" => await PackageBenchmark.RunAsync(args[1..]),
    "mqtt" => await LoadCommand.RunAsync(args[1..]),
    "mqtt-endpoint" => await EndpointCommand.RunAsync(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("storage intake|two-years|forward [n]");
    Console.Error.WriteLine(FleetOptions.Usage);
    Console.Error.WriteLine("note [times]            the two-year note of the invented office to HTML and PDF");
    Console.Error.WriteLine("comfort");
    Console.Error.WriteLine("science [years]");
    Console.Error.WriteLine("package [buildings] [days]");
    Console.Error.WriteLine("mqtt --help             load generator against any MQTT server");
    Console.Error.WriteLine("mqtt-endpoint --port P  the endpoint alone, with an inbox that keeps nothing");
    return 2;
}
