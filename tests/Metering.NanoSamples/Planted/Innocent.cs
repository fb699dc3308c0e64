using System;
using System.Collections;
using System.Text;

namespace Metering.NanoSamples.Planted
{
    /// <summary>What works on the device: the gate must stay silent here.</summary>
    public sealed class Innocent
    {
        private static readonly byte[] Table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
        private readonly ArrayList _items = new ArrayList();
        private readonly object _gate = new object();

        public event EventHandler Changed;

        public int Level { get; private set; }

        public string Describe(int value, string name)
        {
            var text = new StringBuilder();
            text.Append(name).Append('=').Append(value).Append(' ').Append(value.ToString("X8")).Append(Table.Length);
            lock (_gate)
            {
                _items.Add(text.ToString());
            }

            Action done = () => Level = value;
            done();
            if (Changed != null)
            {
                Changed(this, EventArgs.Empty);
            }

            foreach (object item in _items)
            {
                if (item is string s && s.IndexOf("=") > 0)
                {
                    return string.Format("{0}:{1:D4}", s, value) + name.Split(',')[0];
                }
            }

            return name switch
            {
                "a" => "1",
                "b" => "2",
                _ => throw new ArgumentException(name),
            };
        }
    }
}
