// The two scenarios of bench/sim.ts for ns-3: one lossy flow, and many through one bottleneck. Prints
// one JSON object: the time that the run took, the simulated time, events and what arrived.
// Usage: flows FLOWS BYTES LOSS, on a link of 100 Mbit/s, 10 ms, 200 packets of queue.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/traffic-control-module.h"

using namespace ns3;

/** The processor's time that this process has had, in milliseconds. */
static double processorMs() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000.0 +
         (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000.0;
}

int main(int argc, char* argv[]) {
  const int flows = argc > 1 ? std::atoi(argv[1]) : 1;
  const uint64_t bytes = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 50'000'000;
  const double loss = argc > 3 ? std::atof(argv[3]) : 0;
  RngSeedManager::SetSeed(1);

  Config::SetDefault("ns3::TcpL4Protocol::SocketType", StringValue("ns3::TcpCubic"));
  Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1448));
  Config::SetDefault("ns3::TcpSocket::InitialCwnd", UintegerValue(10));
  Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(4 << 20));
  Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(4 << 20));
  Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(MilliSeconds(200)));
  Config::SetDefault("ns3::TcpSocket::DelAckTimeout", TimeValue(MilliSeconds(40)));

  NodeContainer nodes;
  nodes.Create(2);
  PointToPointHelper link;
  link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
  link.SetChannelAttribute("Delay", StringValue("10ms"));
  link.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("200p"));
  NetDeviceContainer devices = link.Install(nodes);
  if (loss > 0) {
    auto errors = CreateObject<RateErrorModel>();
    errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    errors->SetRate(loss);
    devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(errors));
  }
  InternetStackHelper().Install(nodes);
  Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
  const auto interfaces = addresses.Assign(devices);
  // The device's own queue is the bottleneck, with nothing above it.
  TrafficControlHelper().Uninstall(devices);

  ApplicationContainer sinks;
  for (int i = 0; i < flows; i++) {
    const uint16_t port = 3000 + i;
    PacketSinkHelper sink("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    sinks.Add(sink.Install(nodes.Get(1)));
    BulkSendHelper source("ns3::TcpSocketFactory", InetSocketAddress(interfaces.GetAddress(1), port));
    source.SetAttribute("MaxBytes", UintegerValue(bytes));
    source.SetAttribute("SendSize", UintegerValue(65536));
    source.Install(nodes.Get(0)).Start(Seconds(0));
  }

  const double spent = processorMs();
  const auto begun = std::chrono::steady_clock::now();
  Simulator::Run();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
  const double processor = processorMs() - spent;
  uint64_t received = 0;
  for (uint32_t i = 0; i < sinks.GetN(); i++) received += DynamicCast<PacketSink>(sinks.Get(i))->GetTotalRx();
  std::printf("{\"ms\":%.1f,\"processorMs\":%.1f,\"simulatedMs\":%.1f,\"events\":%lu,\"received\":%lu}\n", took.count(), processor,
              Simulator::Now().GetSeconds() * 1000, static_cast<unsigned long>(Simulator::GetEventCount()),
              static_cast<unsigned long>(received));
  Simulator::Destroy();
  return 0;
}
